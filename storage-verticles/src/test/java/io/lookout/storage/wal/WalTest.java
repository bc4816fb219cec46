package io.lookout.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalTest {
  private static final long WINDOW = 1000;
  private static final WalOptions OPTIONS =
      new WalOptions(WINDOW, WalSync.OS, Duration.ofSeconds(1), 1 << 20, 0);
  private static final NativeHistogram HISTOGRAM =
      new NativeHistogram(
          3,
          CounterReset.NO,
          true,
          0.001,
          2,
          10,
          12.5,
          List.of(new Span(-2, 2)),
          new double[] {3, 5},
          List.of(),
          new double[0],
          new double[0]);

  @TempDir Path directory;

  /** Writes down what it is told. */
  private static final class Recorder implements WalVisitor {
    final List<String> events = new ArrayList<>();

    @Override
    public int series(SeriesKey key) {
      return Integer.parseInt(key.labels().valueOf("i")) + 1000;
    }

    @Override
    public void sample(
        int ref, long time, double value, @Nullable NativeHistogram histogram, long startTime) {
      String what = histogram == null ? Double.toString(value) : histogram.toString();
      events.add("sample " + ref + " " + time + " " + what + " " + startTime);
    }

    @Override
    public void exemplar(int ref, Exemplar exemplar) {
      events.add("exemplar " + ref + " " + exemplar);
    }

    @Override
    public void metadata(String tenant, MetricMetadata entry) {
      events.add("metadata " + tenant + " " + entry);
    }

    @Override
    public void sealed(long window, long generation) {
      events.add("sealed " + window + " " + generation);
    }

    @Override
    public void released(long window, long generation) {
      events.add("released " + window + " " + generation);
    }

    @Override
    public void generation(long generation) {
      events.add("generation " + generation);
    }
  }

  /** A series that was defined in a group that came to nothing is defined again. */
  @Test
  void anAbandonedGroupLeavesNothingBehind() throws IOException {
    Recorder written = new Recorder();
    SplittableRandom random = new SplittableRandom(7);
    int[] slots = {0, 1, 2};
    try (Wal wal = Wal.open(directory, OPTIONS, new DiskFiles(), new Recorder()).wal()) {
      assertThatThrownBy(() -> wal.begin(WINDOW, WalTest::fail)).hasMessage("as if");
      wal.abandon();
      for (int i = 0; i < 3; i++) {
        wal.begin(WINDOW + i, () -> {});
        wal.add(batch(random, i, new Recorder()), slots, 0);
        wal.abandon();
        wal.begin(WINDOW + i, () -> {});
        wal.add(batch(random, i, written), slots, 0);
        wal.commit();
      }
    }
    Recorder read = new Recorder();
    Wal.Opened opened = Wal.open(directory, OPTIONS, new DiskFiles(), read);
    opened.wal().close();
    assertThat(read.events).isEqualTo(written.events);
    assertThat(opened.replay().unknownSamples()).isZero();
    assertThat(opened.replay().missingSegments()).isZero();
  }

  private static void fail() {
    throw new IllegalStateException("as if");
  }

  private Recorder write(Path to, int batches) throws IOException {
    Recorder written = new Recorder();
    SplittableRandom random = new SplittableRandom(7);
    try (Wal wal = Wal.open(to, OPTIONS, new DiskFiles(), new Recorder()).wal()) {
      for (int i = 0; i < batches; i++) {
        WriteBatch batch = batch(random, i, written);
        wal.begin(WINDOW + i, () -> {});
        wal.add(batch, new int[] {0, 1, 2}, 0);
        wal.commit();
      }
    }
    return written;
  }

  private static WriteBatch batch(SplittableRandom random, int i, Recorder expected) {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 3);
    for (int series = 0; series < 3; series++) {
      batch.series(SeriesKey.of("t", Labels.of("i", Integer.toString(series))));
    }
    long time = WINDOW + i;
    for (int series = 0; series < 2; series++) {
      double value = random.nextDouble();
      batch.sample(series, time, value);
      batch.startTime(i % 2 == 0 ? 0 : time - 1);
      expected.sample(1000 + series, time, value, null, i % 2 == 0 ? 0 : time - 1);
    }
    if (i % 3 == 0) {
      batch.sample(2, time, HISTOGRAM);
      expected.sample(1002, time, HISTOGRAM.sum(), HISTOGRAM, 0);
      Exemplar exemplar = new Exemplar(Labels.of("trace_id", "abc"), 1.5, time);
      batch.exemplar(1, exemplar);
      expected.exemplar(1001, exemplar);
    }
    return batch.build();
  }

  private static WalReplay replay(Path from, Recorder into) throws IOException {
    Wal.Opened opened = Wal.open(from, OPTIONS, new DiskFiles(), into);
    opened.wal().close();
    return opened.replay();
  }

  @Test
  void whatWasCommittedIsReplayed() throws IOException {
    Recorder written = write(directory, 50);
    Recorder read = new Recorder();
    WalReplay replay = replay(directory, read);
    assertThat(read.events).isEqualTo(written.events);
    assertThat(replay.skippedBytes()).isZero();
    assertThat(replay.samples()).isEqualTo(117);
  }

  @Test
  void aLogThatIsCutAnywhereReplaysWhatIsWhole() throws IOException {
    Recorder written = write(directory.resolve("whole"), 6);
    byte[] bytes = Files.readAllBytes(segmentOf(directory.resolve("whole")));
    int replayed = 0;
    for (int length = 0; length <= bytes.length; length++) {
      Path cut = Files.createDirectories(directory.resolve("cut" + length));
      Files.write(cut.resolve("0000000001.wal"), Arrays.copyOf(bytes, length));
      Recorder read = new Recorder();
      WalReplay replay = replay(cut, read);
      assertThat(read.events).isEqualTo(written.events.subList(0, read.events.size()));
      assertThat(read.events.size()).isGreaterThanOrEqualTo(replayed);
      assertThat(replay.skippedBytes()).isLessThan(length + 1);
      replayed = read.events.size();
    }
    assertThat(replayed).isEqualTo(written.events.size());
  }

  private static Path segmentOf(Path log) throws IOException {
    try (var files = Files.list(log)) {
      return files
          .filter(each -> each.toString().endsWith(".wal"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  @Test
  void aDamagedByteIsDetectedAndLaterSegmentsStillCount() throws IOException {
    Recorder first = write(directory, 20);
    Path segment = segmentOf(directory);
    Recorder second = write(directory, 20);
    byte[] bytes = Files.readAllBytes(segment);
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(segment, damaged);
      Recorder read = new Recorder();
      WalReplay replay = replay(directory, read);
      int good = read.events.size() - second.events.size();
      assertThat(replay.skippedBytes()).isPositive();
      assertThat(first.events).containsSubsequence(read.events.subList(0, good));
      assertThat(read.events.subList(good, read.events.size())).isEqualTo(second.events);
    }
  }

  @Test
  void segmentsGoWhenTheirWindowsAreReleased() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Recorder ignored = new Recorder();
    try (Wal wal = Wal.open(directory, OPTIONS, new DiskFiles(), ignored).wal()) {
      for (int window = 1; window <= 3; window++) {
        WriteBatch batch = batch(random, (int) (window * WINDOW - WINDOW), ignored);
        wal.begin(window * WINDOW, () -> {});
        wal.add(batch, new int[] {0, 1, 2}, 0);
        wal.commit();
      }
      assertThat(wal.segmentCount()).isEqualTo(3);
      wal.sealed(2 * WINDOW, 1, () -> {});
      wal.released(2 * WINDOW, 1, () -> {});
      assertThat(wal.segmentCount()).as("the oldest is still needed").isEqualTo(3);
      wal.sealed(WINDOW, 2, () -> {});
      wal.released(WINDOW, 2, () -> {});
      assertThat(wal.segmentCount()).isEqualTo(1);
    }
    Recorder read = new Recorder();
    assertThat(replay(directory, read).segments()).isEqualTo(1);
    assertThat(read.events).anyMatch(each -> each.startsWith("sample 1000 3000 "));
  }

  @Test
  void aFailedCommitLeavesALogThatGoesOn() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Recorder expected = new Recorder();
    try (Wal wal = Wal.open(directory, OPTIONS, new DiskFiles(), new Recorder()).wal()) {
      commit(wal, batch(random, 0, expected));
      // The next segment cannot be made: its name is taken by a directory.
      Path inTheWay = Files.createDirectory(directory.resolve("0000000002.wal"));
      WriteBatch lost = batch(random, (int) WINDOW, new Recorder());
      assertThat(catchIo(() -> commit(wal, lost))).isTrue();
      Files.delete(inTheWay);
      commit(wal, batch(random, (int) WINDOW + 1, expected));
    }
    Recorder read = new Recorder();
    replay(directory, read);
    assertThat(read.events).isEqualTo(expected.events);
  }

  private static void commit(Wal wal, WriteBatch batch) throws IOException {
    wal.begin(batch.times()[0], () -> {});
    wal.add(batch, new int[] {0, 1, 2}, 0);
    wal.commit();
  }

  private interface IoAction {
    void run() throws IOException;
  }

  private static boolean catchIo(IoAction action) {
    try {
      action.run();
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
