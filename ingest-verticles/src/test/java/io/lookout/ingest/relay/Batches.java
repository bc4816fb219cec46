package io.lookout.ingest.relay;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches to pass on, and what is in them spelt out. */
final class Batches {
  static final String TENANT = "blue";

  private Batches() {}

  /** A float, a stale marker, each kind of histogram, an exemplar, metadata, a start time. */
  static WriteBatch ofEverything() {
    WriteBatch.Builder batch = new WriteBatch.Builder(TENANT, 8);
    int counter = batch.series(key("requests_total", "path", "/"));
    int latency = batch.series(key("latency_seconds", "path", "/ü"));
    batch.sample(counter, 1000, 1.5);
    batch.startTime(900);
    batch.sample(latency, 1000, histogram(0, true, new double[0]));
    batch.sample(counter, 2000, Double.longBitsToDouble(0x7ff0000000000002L));
    batch.sample(latency, 2000, histogram(3, false, new double[0]));
    batch.startTime(950);
    batch.sample(latency, 3000, histogram(-53, true, new double[] {0.5, 1, 2.5, 10}));
    batch.exemplar(counter, new Exemplar(Labels.of("trace_id", "abc"), 2.5, 1001));
    batch.metadata(new MetricMetadata("requests", "counter", "Requests.", "requests"));
    return batch.build();
  }

  static WriteBatch ofOneSample(int series, long time) {
    WriteBatch.Builder batch = new WriteBatch.Builder(TENANT, 1);
    batch.sample(batch.series(key("m", "number", Integer.toString(series))), time, series);
    return batch.build();
  }

  private static SeriesKey key(String name, String label, String value) {
    return SeriesKey.of(TENANT, Labels.of("__name__", name, label, value));
  }

  private static NativeHistogram histogram(int schema, boolean integer, double[] bounds) {
    boolean custom = bounds.length > 0;
    double[] counts = integer ? new double[] {1, 3, 2} : new double[] {0.5, 3.25, 2};
    double zero = custom ? 0 : 4;
    return new NativeHistogram(
        schema,
        CounterReset.NO,
        integer,
        custom ? 0 : 0.001,
        zero,
        counts[0] + counts[1] + counts[2] + zero,
        17.5,
        List.of(new Span(custom ? 0 : -2, 2), new Span(1, 1)),
        counts,
        List.of(),
        new double[0],
        bounds);
  }

  /** Series, time and value of each sample, as text. */
  static List<String> samples(WriteBatch batch) {
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < batch.sampleCount(); i++) {
      @Nullable NativeHistogram @Nullable [] histograms = batch.histograms();
      Object value =
          histograms != null && histograms[i] != null
              ? String.valueOf(histograms[i]) + histograms[i].integer()
              : Long.toHexString(Double.doubleToRawLongBits(batch.values()[i]));
      samples.add(
          batch.series()[batch.seriesOf()[i]].labels() + " @" + batch.times()[i] + " " + value);
    }
    return samples;
  }
}
