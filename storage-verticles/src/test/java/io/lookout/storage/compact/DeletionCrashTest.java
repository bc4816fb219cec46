package io.lookout.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.admin.StorageAdmin;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.downsample.Coverage;
import io.lookout.storage.downsample.Downsampling;
import io.lookout.storage.downsample.Resolution;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compaction, downsampling and deletion break off anywhere, in any order, and the process starts
 * again from what a killed one leaves: what was deleted stays away, in samples and in aggregates,
 * what was written after that stays, and nothing else is touched.
 */
class DeletionCrashTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long WINDOW = 2 * HOUR;
  private static final long DAY = 24 * HOUR;
  private static final long SPAN = 20_000 * DAY;
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(SPAN + 3 * DAY), ZoneOffset.UTC);
  private static final int ROUNDS = 6;
  private static final int WINDOWS = 4;

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final SplittableRandom random = new SplittableRandom(12);

  /** By series, then by time. */
  private final TreeMap<String, TreeMap<Long, Double>> written = new TreeMap<>();

  private long sequence = SPAN + DAY;
  private int starts;
  private Running running;

  /** What a process has open on a directory. */
  private final class Running {
    private final Path path;
    private final BlockStore samples;
    private final BlockStore hours;

    Running(Path path) {
      this.path = path;
      samples = open(path.resolve("samples"));
      hours = open(path.resolve("hours"));
    }

    private Resolutions resolutions(BlockStore through) {
      return new Resolutions(
          List.of(new Resolution(HOUR, "1h", through, 100 * DAY)),
          new Coverage(DAY),
          50 * DAY,
          CLOCK);
    }

    private BlockStore open(Path of) {
      return done(
          EmbeddedBlockStore.open(
              vertx,
              new EmbeddedStoreOptions(of, Duration.ofDays(1), 1, 100, 1 << 20),
              new SimpleMeterRegistry()));
    }

    /**
     * @param changes of the store until it breaks off
     * @return whether it has come to the end
     */
    boolean compact(int changes) throws InterruptedException {
      CompactionMeters meters = new CompactionMeters(new SimpleMeterRegistry());
      BlockStore breaking = new BreakingStore(samples, changes);
      return ends(() ->
          new SpanCompaction(breaking, 1 << 20, meters, () -> false)
              .run(SPAN, SPAN + DAY, Long.MAX_VALUE));
    }

    boolean downsample(int changes) throws InterruptedException {
      CompactionOptions options =
          new CompactionOptions(DAY, HOUR, Duration.ofMinutes(5), 1 << 20, 50 * DAY);
      Resolutions breaking = resolutions(new BreakingStore(hours, changes));
      return ends(() ->
          new Downsampling(samples, breaking, options, CLOCK, new SimpleMeterRegistry())
              .look(true, () -> false));
    }

    boolean delete(String series, long from, long to, int changes, int ofAggregates)
        throws InterruptedException {
      StorageAdmin admin =
          new StorageAdmin(
              vertx,
              List.of(),
              new BreakingStore(samples, changes),
              resolutions(new BreakingStore(hours, ofAggregates)),
              () -> true,
              new ReentrantLock(),
              path.resolve("snapshots"));
      List<List<Matcher>> sets = List.of(List.of(Matcher.equal("i", series)));
      return ends(
          () -> admin.run(new AdminRequest(AdminRequest.Action.DELETE, "t", "", sets, from, to)));
    }

    void close() {
      done(samples.close());
      done(hours.close());
    }
  }

  /** Something that a store may break off. */
  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }

  private static boolean ends(Work work) throws InterruptedException {
    try {
      work.run();
      return true;
    } catch (LookoutException brokenOff) {
      return false;
    }
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @BeforeEach
  void start() {
    running = new Running(directory.resolve("p" + starts++));
  }

  @AfterEach
  void close() {
    running.close();
    done(vertx.close());
  }

  /** A new process on a copy of what the one before has on disk at this moment. */
  private void killAndStart() throws IOException {
    Path copy = directory.resolve("p" + starts++);
    try (Stream<Path> files = Files.walk(running.path)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(running.path.relativize(file)));
      }
    }
    running.close();
    running = new Running(copy);
  }

  /** Two series of each of two metrics, a sample a minute in one window. */
  private void seal(int window, double plus) {
    long start = SPAN + window * WINDOW;
    List<Block> blocks = new ArrayList<>();
    for (String metric : List.of("up", "down")) {
      List<SeriesChunks> both =
          Stream.of("a", "b").map(series -> series(metric, series, start, plus)).toList();
      BlockOrigin origin = new BlockOrigin("t", metric, start, sequence, 0);
      blocks.addAll(new BlockWriter(origin).write(both));
    }
    sequence++;
    done(running.samples.put(blocks));
  }

  private SeriesChunks series(String metric, String series, long start, double plus) {
    SampleColumns samples = new SampleColumns();
    for (long time = start + MINUTE; time <= start + WINDOW - MINUTE; time += MINUTE) {
      samples.add(time, plus + time / MINUTE % 97);
      written
          .computeIfAbsent(metric + series, s -> new TreeMap<>())
          .put(time, plus + time / MINUTE % 97);
    }
    return new SeriesChunks(
        SeriesKey.of("t", Labels.of("__name__", metric, "i", series)),
        List.of(new ChunkEncoder().encode(samples, 0, samples.size)));
  }

  /** Asks until it is done, each time with a kill where it broke off. */
  private void deleteForSure(String series, long from, long to)
      throws IOException, InterruptedException {
    int changes = random.nextInt(5);
    while (!running.delete(series, from, to, changes, random.nextInt(3))) {
      killAndStart();
      changes = random.nextBoolean() ? 2 * changes + 1 : changes;
      if (random.nextBoolean()) {
        running.compact(random.nextInt(4));
        running.downsample(random.nextInt(4));
      }
    }
    written.forEach((name, samples) -> {
      if (name.endsWith(series)) {
        samples.subMap(from, true, to, true).clear();
      }
    });
    written.values().removeIf(TreeMap::isEmpty);
  }

  private void assertAllIsThere() {
    SelectRequest all =
        new SelectRequest("t", List.of(Matcher.notEqual("i", "")), SPAN, SPAN + DAY, 100, 1L << 40);
    TreeMap<String, TreeMap<Long, Double>> found = new TreeMap<>();
    for (SeriesChunks series : done(running.samples.select(all))) {
      Labels labels = series.key().labels();
      SampleColumns samples = new ChunkMerge().samples(series.chunks());
      TreeMap<Long, Double> byTime =
          found.computeIfAbsent(
              labels.valueOf("__name__") + labels.valueOf("i"), name -> new TreeMap<>());
      for (int i = 0; i < samples.size; i++) {
        byTime.put(samples.times[i], samples.values[i]);
      }
    }
    assertThat(found).isEqualTo(written);
  }

  /** When aggregates are up to date, they count what is there. */
  private void assertAggregatesCountWhatIsThere() {
    SelectRequest counts =
        new SelectRequest(
            "t",
            List.of(Matcher.equal(Aggregate.LABEL, Aggregate.COUNT.text())),
            SPAN,
            SPAN + DAY,
            100,
            1L << 40);
    TreeMap<String, Long> found = new TreeMap<>();
    for (SeriesChunks series : done(running.hours.select(counts))) {
      Labels labels = series.key().labels();
      SampleColumns samples = new ChunkMerge().samples(series.chunks());
      for (int i = 0; i < samples.size; i++) {
        found.merge(
            labels.valueOf("__name__") + labels.valueOf("i"), (long) samples.values[i], Long::sum);
      }
    }
    TreeMap<String, Long> expected = new TreeMap<>();
    written.forEach((name, samples) -> expected.put(name, (long) samples.size()));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void deletedSamplesStayAwayWhereverAnythingBreaksOff() throws IOException, InterruptedException {
    for (int window = 0; window < WINDOWS; window++) {
      seal(window, 0);
    }
    for (int round = 0; round < ROUNDS; round++) {
      running.compact(random.nextInt(6));
      running.downsample(random.nextInt(6));
      long from = SPAN + random.nextLong(WINDOWS * WINDOW);
      deleteForSure(random.nextBoolean() ? "a" : "b", from, from + random.nextLong(3 * HOUR));
      assertAllIsThere();

      seal(random.nextInt(WINDOWS), 1000 * (round + 1)); // Late, and some of it for times deleted.
      running.compact(random.nextInt(6));
      killAndStart();
      assertAllIsThere();

      if (round % 3 == 2) {
        assertThat(running.compact(100) && running.downsample(100)).isTrue();
        assertAllIsThere();
        assertAggregatesCountWhatIsThere();
      }
    }
  }

  @Test
  void aMetricOfWhichNothingIsLeftHasNoAggregatesEither() throws IOException, InterruptedException {
    seal(0, 0);
    seal(1, 0);
    assertThat(running.compact(100) && running.downsample(100)).isTrue();
    deleteForSure("a", SPAN, SPAN + DAY);
    deleteForSure("b", SPAN, SPAN + DAY);
    killAndStart();

    assertThat(running.compact(100) && running.downsample(100)).isTrue();

    assertAllIsThere();
    assertAggregatesCountWhatIsThere();
  }
}
