package io.lookout.storage.wal;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.NativeHistogram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Float samples of numbered series, written to a log and read from it again. */
final class LoggedSamples implements WalVisitor {
  static final long WINDOW = 1000;

  /** Series number and time, and the value. */
  final Map<List<Long>, Double> samples = new HashMap<>();

  private final List<Long> seriesOf = new ArrayList<>();

  static WalOptions options(WalSync sync, long segmentBytes, long reserve) {
    return new WalOptions(WINDOW, sync, Duration.ZERO, segmentBytes, reserve);
  }

  static LoggedSamples replay(Path directory) throws IOException {
    LoggedSamples found = new LoggedSamples();
    Wal.open(directory, options(WalSync.OS, 1 << 20, 0), new DiskFiles(), found).wal().close();
    return found;
  }

  /** A sample at this time of each of the series; the value says which. */
  void write(Wal wal, long time, int... series) throws IOException {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", series.length);
    for (int each : series) {
      Labels labels = Labels.of("i", Integer.toString(each));
      batch.sample(batch.series(SeriesKey.of("t", labels)), time, value(each, time));
    }
    wal.begin(time, () -> {});
    wal.add(batch.build(), series, 0);
    wal.commit();
    for (int each : series) {
      samples.put(List.of((long) each, time), value(each, time));
    }
  }

  private static double value(long series, long time) {
    return series * 1e6 + time;
  }

  @Override
  public int series(SeriesKey key) {
    seriesOf.add(Long.parseLong(key.labels().valueOf("i")));
    return seriesOf.size() - 1;
  }

  @Override
  public void sample(
      int ref, long time, double value, @Nullable NativeHistogram histogram, long startTime) {
    samples.put(List.of(seriesOf.get(ref), time), value);
  }

  @Override
  public void exemplar(int ref, Exemplar exemplar) {}

  @Override
  public void metadata(String tenant, MetricMetadata entry) {}

  @Override
  public void sealed(long window, long generation) {}

  @Override
  public void released(long window, long generation) {}

  @Override
  public void generation(long generation) {}
}
