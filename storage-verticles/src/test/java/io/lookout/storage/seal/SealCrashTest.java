package io.lookout.storage.seal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.shard.Caller;
import io.lookout.storage.shard.SealedWindow;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.shard.ShardOptions;
import io.lookout.storage.shard.TestShardOptions;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crash at each step on the way of a window into the store. The directories are copied while
 * shard and store are open: what a process that is killed leaves behind.
 */
class SealCrashTest {
  private static final long START = 20_000 * 24 * Windows.HOUR;
  private static final int SERIES = 30;
  private static final int SAMPLES = 240;
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(START + 10 * Windows.HOUR), ZoneOffset.UTC);
  private static final ShardOptions OPTIONS = TestShardOptions.withoutDelay();
  private static final SealOptions QUICK =
      new SealOptions(Duration.ofMillis(5), Duration.ofMillis(1), Duration.ofMillis(4), 1 << 20);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, SECONDS).join();
  }

  /** A shard and a store in a directory. */
  private final class Opened implements AutoCloseable {
    private final Shard shard;
    private final BlockStore store;

    Opened(Path path) throws IOException {
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      shard = Shard.open(0, OPTIONS, path.resolve("shard"), CLOCK, meters);
      store =
          done(
              EmbeddedBlockStore.open(
                  vertx,
                  new EmbeddedStoreOptions(
                      path.resolve("store"), Duration.ofDays(1), 1, 10, 1 << 20),
                  meters));
    }

    void write() {
      WriteBatch.Builder batch = new WriteBatch.Builder("t", SERIES * SAMPLES);
      for (int i = 0; i < SERIES; i++) {
        Labels labels = Labels.of("__name__", "metric_" + i % 3, "i", Integer.toString(i));
        int series = batch.series(SeriesKey.of("t", labels));
        for (int n = 0; n < SAMPLES; n++) {
          batch.sample(series, START + n * 15_000L, n + 0.25);
        }
      }
      shard.write(batch.build()).join();
    }

    SealedWindow snapshot() {
      assertThat(shard.sealable(CLOCK.millis()).join()).containsExactly(START);
      return shard.snapshot(START).join();
    }

    void sealAll() {
      Sealer sealer = Sealer.start(0, shard, store, QUICK, CLOCK, vertx, new SimpleMeterRegistry());
      await().until(() -> shard.sealable(CLOCK.millis()).join().isEmpty());
      done(sealer.stop());
    }

    void assertEverySampleIsThereOnce() {
      SelectRequest request =
          new SelectRequest(
              "t",
              List.of(Matcher.regex("__name__", ".+")),
              START,
              START + Windows.WINDOW,
              1000,
              1L << 40);
      SeriesMerge merge = new SeriesMerge(1000, 1L << 40);
      List<SeriesChunks> head = shard.select(request, Caller.WORKER).join();
      merge.add(done(store.select(request)));
      merge.add(head);
      assertThat(merge.result()).hasSize(SERIES);
      for (SeriesChunks series : merge.result()) {
        SampleColumns samples = new ChunkMerge().samples(series.chunks());
        assertThat(samples.size).isEqualTo(SAMPLES);
        assertThat(samples.times[SAMPLES - 1]).isEqualTo(START + (SAMPLES - 1) * 15_000L);
        assertThat(samples.values[7]).isEqualTo(7.25);
      }
    }

    @Override
    public void close() throws IOException {
      done(store.close());
      shard.close();
    }
  }

  /** What is done before the crash. */
  @FunctionalInterface
  private interface Steps {
    void run(Opened opened);
  }

  private void crashAfter(Steps steps) throws IOException {
    Path left = directory.resolve("left");
    try (Opened opened = new Opened(directory.resolve("running"))) {
      opened.write();
      steps.run(opened);
      copy(directory.resolve("running"), left);
    }
    try (Opened opened = new Opened(left)) {
      opened.assertEverySampleIsThereOnce();
      opened.sealAll();
      opened.assertEverySampleIsThereOnce();
      assertThat(done(opened.store.stats()).blocks()).isEqualTo(3);
    }
    try (Opened opened = new Opened(left)) {
      opened.assertEverySampleIsThereOnce();
      assertThat(opened.shard.sealable(CLOCK.millis()).join()).isEmpty();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  private static List<Block> blocks(SealedWindow window) {
    return new ArrayList<>(new WindowBlocks(window, 1 << 20).nextBatch());
  }

  @Test
  void beforeTheSnapshot() throws IOException {
    crashAfter(opened -> {});
  }

  @Test
  void betweenSnapshotAndPut() throws IOException {
    crashAfter(opened -> assertThat(opened.snapshot().series()).hasSize(SERIES));
  }

  @Test
  void inTheMiddleOfPutting() throws IOException {
    crashAfter(opened -> done(opened.store.put(blocks(opened.snapshot()).subList(0, 1))));
  }

  @Test
  void betweenPutAndRelease() throws IOException {
    crashAfter(opened -> done(opened.store.put(blocks(opened.snapshot()))));
  }

  @Test
  void afterTheRelease() throws IOException {
    crashAfter(opened -> {
      SealedWindow window = opened.snapshot();
      done(opened.store.put(blocks(window)));
      opened.shard.release(window).join();
    });
  }
}
