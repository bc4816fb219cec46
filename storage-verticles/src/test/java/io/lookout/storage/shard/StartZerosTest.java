package io.lookout.storage.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zeros where series started, as {@code storage.start.zeros} has them. */
class StartZerosTest {
  private static final long WINDOW = 100_000;
  private static final SeriesKey SERIES = SeriesKey.of("t", Labels.of("__name__", "m"));

  @TempDir Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Shard shard;

  @BeforeEach
  void open() throws IOException {
    shard = open(directory.resolve("shard"));
  }

  @AfterEach
  void close() throws IOException {
    shard.close();
  }

  private Shard open(Path at) throws IOException {
    ShardOptions options = TestShardOptions.withZeros(Duration.ofMillis(WINDOW));
    Clock clock = Clock.fixed(Instant.ofEpochMilli(20 * WINDOW), ZoneOffset.UTC);
    return Shard.open(0, options, at, clock, meters);
  }

  private void append(long time, double value, long startTime) {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 1);
    add(batch, time, value, startTime);
    shard.write(batch.build()).join();
  }

  private static void add(WriteBatch.Builder batch, long time, double value, long startTime) {
    batch.sample(batch.series(SERIES), time, value);
    batch.startTime(startTime);
  }

  private void append(long time, NativeHistogram histogram, long startTime) {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 1);
    batch.sample(batch.series(SERIES), time, histogram);
    batch.startTime(startTime);
    shard.write(batch.build()).join();
  }

  /** All there is of the window is in the store. */
  private void seal(long window) {
    shard.release(shard.snapshot(window).join()).join();
  }

  /** What a process that is killed now leaves behind, opened by the next. */
  private void crash() throws IOException {
    Path left = directory.resolve("left");
    Files.createDirectory(left);
    try (Stream<Path> files = Files.list(directory.resolve("shard"))) {
      for (Path file : files.toList()) {
        Files.copy(file, left.resolve(file.getFileName()));
      }
    }
    shard.close();
    shard = open(left);
  }

  private static NativeHistogram histogram(CounterReset hint) {
    return new NativeHistogram(
        3,
        hint,
        true,
        0.001,
        2,
        5,
        12.5,
        List.of(new Span(0, 1)),
        new double[] {3},
        List.of(),
        new double[0],
        new double[0]);
  }

  private SampleColumns samples() {
    SelectRequest all =
        new SelectRequest(
            "t", List.of(Matcher.equal("__name__", "m")), 0, Long.MAX_VALUE, 10, Long.MAX_VALUE);
    List<SeriesChunks> found = shard.select(all, Caller.WORKER).join();
    return new ChunkMerge().samples(found.getFirst().chunks());
  }

  private List<String> texts() {
    SampleColumns samples = samples();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < samples.size; i++) {
      texts.add(samples.times[i] + "=" + samples.values[i] + "@" + samples.startTimeAt(i));
    }
    return texts;
  }

  private double zeros() {
    return meters.counter("lookout.storage.samples.start.zeros", "shard", "0").count();
  }

  @Test
  void oneZeroForEachStart() {
    append(5000, 10, 1000);
    append(6000, 11, 1000);
    append(9000, 3, 7000);
    append(10_000, 4, 7000);
    assertThat(texts())
        .containsExactly(
            "1000=0.0@0",
            "5000=10.0@1000",
            "6000=11.0@1000",
            "7000=0.0@0",
            "9000=3.0@7000",
            "10000=4.0@7000");
    assertThat(zeros()).isEqualTo(2);
  }

  @Test
  void noneWhereThereAreSamplesOrTheStartMakesNoSense() {
    append(5000, 10, 5000);
    append(6000, 11, 7000);
    append(8000, 12, 5500);
    append(9000, 13, 0);
    append(9500, 14, Long.MIN_VALUE + 1);
    assertThat(texts())
        .containsExactly(
            "5000=10.0@5000",
            "6000=11.0@7000",
            "8000=12.0@5500",
            "9000=13.0@0",
            "9500=14.0@" + (Long.MIN_VALUE + 1));
  }

  /** What was sampled in between is elsewhere, or was never sent. */
  @Test
  void noneForAProcessThatHasRunLong() {
    append(3 * WINDOW, 10, 2 * WINDOW - 1);
    assertThat(samples().size).isEqualTo(1);
  }

  @Test
  void anEmptyHistogramForAHistogram() {
    append(5000, histogram(CounterReset.NO), 1000);
    SampleColumns samples = samples();
    assertThat(samples.size).isEqualTo(2);
    assertThat(samples.times[0]).isEqualTo(1000);
    assertThat(samples.histogram(0))
        .isEqualTo(histogram(CounterReset.NO).emptied())
        .extracting(h -> h == null ? -1 : h.count())
        .isEqualTo(0.0);
  }

  @Test
  void noneForAHistogramThatIsAGauge() {
    append(5000, histogram(CounterReset.GAUGE), 1000);
    assertThat(samples().size).isEqualTo(1);
  }

  @Test
  void samplesOfOneBatchStandBeforeLaterOnes() {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 3);
    add(batch, 5000, 10, 1000);
    add(batch, 6000, 11, 1000);
    add(batch, 9000, 3, 7000);
    shard.write(batch.build()).join();
    assertThat(texts())
        .containsExactly(
            "1000=0.0@0", "5000=10.0@1000", "6000=11.0@1000", "7000=0.0@0", "9000=3.0@7000");
  }

  /** The zero is of the window before its sample, which is in the store sooner. */
  @Test
  void aZeroOfAnotherWindowThanItsSampleSurvivesACrash() throws IOException {
    append(WINDOW + 10, 5, WINDOW - 10);
    seal(WINDOW);
    append(2 * WINDOW + 10, 6, WINDOW - 10);
    seal(2 * WINDOW);
    append(3 * WINDOW + 10, 7, WINDOW - 10);

    crash();

    assertThat(texts())
        .containsExactly(WINDOW - 10 + "=0.0@0", 3 * WINDOW + 10 + "=7.0@" + (WINDOW - 10));
    seal(0);
    assertThat(samples().size).isEqualTo(1);
  }

  /** After a crash the samples that stood before it are in the store alone. */
  @Test
  void aReplayAddsNone() throws IOException {
    append(WINDOW - 20, 4, 0);
    append(WINDOW - 5, 5, 0);
    append(WINDOW + 10, 6, WINDOW - 10);
    seal(0);

    crash();

    assertThat(texts()).containsExactly(WINDOW + 10 + "=6.0@" + (WINDOW - 10));
    assertThat(zeros()).isZero();
  }
}
