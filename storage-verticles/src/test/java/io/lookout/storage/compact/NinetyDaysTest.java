package io.lookout.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.Results;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ninety days of windows of two hours, and what a query of one series reads of them. */
class NinetyDaysTest {
  private static final long HOUR = 3_600_000;
  private static final long WINDOW = 2 * HOUR;
  private static final long DAY = 24 * HOUR;
  private static final int DAYS = 90;
  private static final long START = 20_000 * DAY;
  private static final long END = START + DAYS * DAY;
  private static final long STEP = 5 * 60_000;
  private static final List<String> METRICS = List.of("down", "up");
  private static final int SERIES = 3;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private BlockStore store;

  @BeforeEach
  void open() {
    store =
        Results.of(
            EmbeddedBlockStore.open(
                vertx,
                new EmbeddedStoreOptions(directory, Duration.ofDays(1), 1, 10, 1 << 20),
                meters));
  }

  @AfterEach
  void close() {
    Results.of(store.close());
    Results.of(vertx.close());
  }

  private static double value(long time, int series) {
    return (time / 1000 * 31 + series) % 997 / 4.0;
  }

  private static List<Block> window(String metric, long start) {
    List<SeriesChunks> all = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      SampleColumns samples = new SampleColumns();
      for (long time = start; time < start + WINDOW; time += STEP) {
        samples.add(time, value(time, i));
      }
      Labels labels = Labels.of("__name__", metric, "i", Integer.toString(i));
      all.add(
          new SeriesChunks(
              SeriesKey.of("t", labels),
              List.of(new ChunkEncoder().encode(samples, 0, samples.size))));
    }
    return new BlockWriter(new BlockOrigin("t", metric, start, start + WINDOW, 0)).write(all);
  }

  private void seal(long day) {
    List<Block> blocks = new ArrayList<>();
    for (long start = day; start < day + DAY; start += WINDOW) {
      for (String metric : METRICS) {
        blocks.addAll(window(metric, start));
      }
    }
    Results.of(store.put(blocks));
  }

  private void compactAll() {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(END + 2 * HOUR), ZoneOffset.UTC);
    CompactionOptions options =
        new CompactionOptions(DAY, HOUR, Duration.ofMillis(1), 1 << 20, DAYS * DAY);
    try (Compaction compaction =
        Compaction.start(
            store,
            options,
            clock,
            () -> true,
            new ReentrantLock(),
            (elected, ending) -> {},
            meters)) {
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> Results.of(store.stats()).blocks() == (long) DAYS * METRICS.size());
      assertThat(compaction).isNotNull();
    }
  }

  /** The samples of one series in [from, to). */
  private SampleColumns one(long from, long to) {
    List<Matcher> matchers = List.of(Matcher.equal("__name__", "up"), Matcher.equal("i", "1"));
    List<SeriesChunks> found =
        Results.of(store.select(new SelectRequest("t", matchers, from, to - 1, 10, 1L << 30)));
    assertThat(found).hasSize(1);
    return new ChunkMerge().samples(found.getFirst().chunks());
  }

  private double documents() {
    return meters.counter("lookout.store.selected.blocks").count();
  }

  private void assertAll(SampleColumns samples, long from) {
    int count = (int) ((END - from) / STEP);
    assertThat(samples.size).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      long time = from + i * STEP;
      assertThat(samples.times[i]).isEqualTo(time);
      assertThat(samples.values[i]).isEqualTo(value(time, 1));
    }
  }

  @Test
  void aQueryOfOneSeriesReadsTensOfDocuments() {
    for (long day = START; day < END; day += DAY) {
      seal(day);
    }
    SampleColumns before = one(START, END);
    assertAll(before, START);
    assertThat(documents()).isEqualTo(12.0 * DAYS);

    compactAll();

    double read = documents();
    SampleColumns after = one(START, END);
    assertThat(documents() - read).isEqualTo(DAYS);
    assertThat(Arrays.copyOf(after.times, after.size))
        .isEqualTo(Arrays.copyOf(before.times, before.size));
    assertThat(Arrays.copyOf(after.values, after.size))
        .isEqualTo(Arrays.copyOf(before.values, before.size));

    Results.of(store.dropBefore(START + 30 * DAY));
    assertAll(one(START, END), START + 30 * DAY);
    assertThat(Results.of(store.stats()).blocks()).isEqualTo(60L * METRICS.size());
  }
}
