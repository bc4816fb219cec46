package io.lookout.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanCompactionTest {
  private static final long HOUR = 3_600_000;
  private static final long WINDOW = 2 * HOUR;
  private static final long SPAN = 24 * HOUR;
  private static final long DAY = 20_000 * SPAN;
  private static final long ALL = Long.MAX_VALUE;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final CompactionMeters meters = new CompactionMeters(new SimpleMeterRegistry());
  private BlockStore store;

  /** What was written, the last value of each time: by series, then by time. */
  private final Map<String, TreeMap<Long, Double>> written = new TreeMap<>();

  private long sequence = 1;

  @BeforeEach
  void open() throws Exception {
    store =
        done(
            EmbeddedBlockStore.open(
                vertx,
                new EmbeddedStoreOptions(directory, Duration.ofDays(1), 1, 10, 1 << 20),
                new SimpleMeterRegistry()));
  }

  @AfterEach
  void close() throws Exception {
    done(store.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Seals samples of a window: of series {@code first} to {@code first + count}. */
  private void seal(String metric, int window, int first, int count, long step, double plus)
      throws Exception {
    long start = DAY + window * WINDOW;
    List<SeriesChunks> series = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      Labels labels = Labels.of("__name__", metric, "i", "%05d".formatted(i));
      SampleColumns samples = new SampleColumns();
      for (long time = start; time < start + WINDOW; time += step) {
        double value = plus + (time / 1000 * 31 + i) % 997;
        samples.add(time, value);
        written.computeIfAbsent(labels.toString(), s -> new TreeMap<>()).put(time, value);
      }
      series.add(
          new SeriesChunks(
              SeriesKey.of("t", labels),
              List.of(new ChunkEncoder().encode(samples, 0, samples.size))));
    }
    done(
        store.put(
            new BlockWriter(new BlockOrigin("t", metric, start, sequence++, 0)).write(series)));
  }

  private boolean compact(BlockStore through, long memory) throws Exception {
    return new SpanCompaction(through, memory, meters, () -> false).run(DAY, DAY + SPAN, ALL);
  }

  private List<StoredBlock> blocks() throws Exception {
    return done(store.list(BlockRange.of(DAY, DAY + SPAN, 100_000)));
  }

  private void assertAllIsThere() throws Exception {
    SelectRequest request =
        new SelectRequest(
            "t", List.of(Matcher.notEqual("i", "")), DAY, DAY + SPAN, 100_000, 1L << 40);
    Map<String, TreeMap<Long, Double>> found = new TreeMap<>();
    for (SeriesChunks series : done(store.select(request))) {
      SampleColumns samples = new ChunkMerge().samples(series.chunks());
      TreeMap<Long, Double> byTime = new TreeMap<>();
      for (int i = 0; i < samples.size; i++) {
        byTime.put(samples.times[i], samples.values[i]);
      }
      found.put(series.key().labels().toString(), byTime);
    }
    assertThat(found).isEqualTo(written);
  }

  @Test
  void theWindowsOfADayBecomeOneBlockWithOneChunkASeries() throws Exception {
    for (int window = 0; window < 12; window++) {
      seal("up", window, 0, 5, 15_000, 0);
      seal("down", window, 0, 2, 60_000, 0);
    }

    assertThat(compact(store, 1 << 20)).isTrue();

    assertThat(blocks()).hasSize(2).allMatch(block -> block.origin().level() == 1);
    assertThat(blocks()).extracting(block -> block.origin().windowStart()).containsOnly(DAY);
    assertAllIsThere();
    SelectRequest up =
        new SelectRequest(
            "t", List.of(Matcher.equal("__name__", "up")), DAY, DAY + SPAN, 10, 1L << 40);
    assertThat(done(store.select(up))).hasSize(5).allMatch(series -> series.chunks().size() == 1);
    assertThat(compact(store, 1 << 20)).isFalse();
  }

  @Test
  void lateDataIsMergedAndWhatWasWrittenLastStays() throws Exception {
    seal("up", 0, 0, 3, 15_000, 0);
    seal("up", 1, 0, 3, 15_000, 0);
    compact(store, 1 << 20);
    seal("up", 0, 1, 1, 30_000, 5_000);
    seal("up", 0, 1, 1, 60_000, 9_000);
    assertAllIsThere();

    assertThat(compact(store, 1 << 20)).isTrue();

    assertAllIsThere();
    assertThat(blocks()).hasSize(1);
  }

  @Test
  void whatIsNewStaysForNow() throws Exception {
    seal("up", 0, 0, 1, 15_000, 0);
    seal("up", 1, 0, 1, 15_000, 0);

    boolean changed =
        new SpanCompaction(store, 1 << 20, meters, () -> false).run(DAY, DAY + SPAN, 2);

    assertThat(changed).isFalse();
    assertThat(blocks()).hasSize(2);
  }

  @Test
  void aMetricThatIsLargerThanTheMemoryIsTakenInParts() throws Exception {
    for (int window = 0; window < 4; window++) {
      seal("up", window, 0, 700, 60_000, 0.25);
      seal("up", window, 350, 700, 90_000, 0.5);
    }

    compact(store, 1 << 16);

    assertAllIsThere();
    assertThat(blocks()).allMatch(block -> block.origin().level() == 1);
    assertThat(blocks().stream().mapToInt(StoredBlock::seriesCount).sum()).isEqualTo(1050);
  }

  private double bytesWritten() {
    return meters.bytesWritten.count();
  }

  private long bytes() throws Exception {
    return blocks().stream().mapToLong(StoredBlock::bytes).sum();
  }

  /** A day of some hundred KiB, compacted. */
  private void compactedDay() throws Exception {
    for (int window = 0; window < 12; window++) {
      seal("up", window, 0, 60, 15_000, 0);
    }
    compact(store, 1 << 20);
    assertThat(bytes()).isGreaterThan(4 * BlockGroup.SMALL);
  }

  @Test
  void lateDataDoesNotRewriteTheDay() throws Exception {
    compactedDay();
    long day = bytes();
    double before = bytesWritten();
    for (int i = 0; i < 12; i++) {
      seal("up", i, i, 1, 60_000, 1_000 + i);
      compact(store, 1 << 20);
    }

    assertAllIsThere();
    assertThat(bytesWritten() - before).isLessThan((double) day);
    assertThat(blocks().stream().map(block -> block.origin().sequence()).distinct()).hasSize(2);
  }

  @Test
  void lateDataThatIsAsMuchAsTheDayIsMergedIntoIt() throws Exception {
    compactedDay();
    for (int window = 0; window < 12; window++) {
      seal("up", window, 0, 60, 15_000, 0.5);
    }

    assertThat(compact(store, 1 << 20)).isTrue();

    assertAllIsThere();
    assertThat(blocks().stream().map(block -> block.origin().sequence()).distinct()).hasSize(1);
  }

  /** Each byte is written as often as its run can double, and not more. */
  @Test
  void manyLargeLatePartsAreWrittenAFewTimesEach() throws Exception {
    compactedDay();
    double before = bytesWritten();
    double late = 0;
    for (int i = 0; i < 10; i++) {
      long there = bytes();
      seal("up", i, 100 * i, 100, 15_000, 0.125);
      late += bytes() - there;
      compact(store, 1 << 20);
      assertThat(blocks().stream().map(block -> block.origin().sequence()).distinct())
          .hasSizeLessThan(7);
    }

    assertAllIsThere();
    assertThat(late).isGreaterThan(10.0 * BlockGroup.SMALL);
    assertThat(bytesWritten() - before).isLessThan(6 * late);
  }

  @Test
  void whatIsNewDoesNotHoldUpTheOthers() throws Exception {
    seal("up", 0, 0, 1, 15_000, 0);
    seal("up", 1, 0, 1, 15_000, 0);
    seal("up", 1, 0, 1, 15_000, 3);

    boolean changed =
        new SpanCompaction(store, 1 << 20, meters, () -> false).run(DAY, DAY + SPAN, 3);

    assertThat(changed).isTrue();
    assertThat(blocks()).hasSize(2);
    assertAllIsThere();
  }

  /** Wherever it breaks off, answers are right, and another run completes it. */
  @Test
  void aCrashAtAnyPointLeavesRightAnswers() throws Exception {
    for (int changes = 0; changes < 8; changes++) {
      seal("up", changes % 4, 0, 40, 15_000, changes);
      seal("up", 5, 20, 40, 15_000, changes);
      seal("down", changes % 4, 0, 10, 15_000, changes);
      seal("down", 5, 0, 10, 15_000, changes);
      BreakingStore breaking = new BreakingStore(store, changes);
      if (changes < 4) {
        assertThatThrownBy(() -> compact(breaking, 1 << 16)).isInstanceOf(LookoutException.class);
      } else {
        compact(breaking, 1 << 16);
      }
      assertAllIsThere();
      if (changes % 2 == 1) {
        compact(store, 1 << 16);
        assertAllIsThere();
        assertThat(blocks()).allMatch(block -> block.origin().level() == 1);
        assertThat(compact(store, 1 << 16)).isFalse();
      }
    }
  }
}
