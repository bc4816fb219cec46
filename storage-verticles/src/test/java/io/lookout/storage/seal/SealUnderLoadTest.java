package io.lookout.storage.seal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.SeriesMerge;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.shard.Caller;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.shard.TestShardOptions;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * History is written while its windows move into the store, some of them in several pieces: whoever
 * asks the shard first and the store then sees every acknowledged sample, once.
 */
class SealUnderLoadTest {
  private static final long START = 20_000 * 24 * Windows.HOUR;
  private static final int ROUNDS = 120;
  private static final int SAMPLES_A_ROUND = 48;
  private static final long STEP = 15_000;
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(START + 1000 * Windows.HOUR), ZoneOffset.UTC);

  private static final SealOptions QUICK =
      new SealOptions(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(4), 1 << 20);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Shard shard;
  private BlockStore store;

  @BeforeEach
  void open() throws Exception {
    shard =
        Shard.open(0, TestShardOptions.withoutDelay(), directory.resolve("shard"), CLOCK, meters);
    store =
        done(
            EmbeddedBlockStore.open(
                vertx,
                new EmbeddedStoreOptions(
                    directory.resolve("store"), Duration.ofDays(1), 1, 10, 1 << 20),
                meters));
  }

  @AfterEach
  void close() throws Exception {
    shard.close();
    done(store.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, SECONDS).join();
  }

  @Test
  void everyAcknowledgedSampleIsSeenOnceAtAnyMoment() {
    Sealer sealer = Sealer.start(0, shard, store, QUICK, CLOCK, vertx, meters);
    for (int round = 0; round < ROUNDS; round++) {
      write(round);
      assertComplete((round + 1) * SAMPLES_A_ROUND);
    }
    done(sealer.stop());
    assertThat(meters.counter("lookout.seal.blocks", "shard", "0").count()).isPositive();
  }

  /** The store has not answered the first put, and is not given a second; the log takes all. */
  @Test
  void aSlowStoreHoldsUpTheSealerAndNotTheWrites() {
    Promise<Void> ready = Promise.promise();
    FlakyStore slow = new FlakyStore(store);
    slow.ready = ready.future();
    Sealer sealer = Sealer.start(0, shard, slow, QUICK, CLOCK, vertx, meters);
    write(0);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> slow.puts.get() == 1);

    for (int round = 1; round < ROUNDS; round++) {
      write(round);
      assertThat(slow.puts).hasValue(1);
    }
    assertComplete(ROUNDS * SAMPLES_A_ROUND);
    assertThat(done(store.stats()).blocks()).isZero();

    ready.complete();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            meters.counter("lookout.seal.samples", "shard", "0").count()
                >= 2.0 * ROUNDS * SAMPLES_A_ROUND);
    assertComplete(ROUNDS * SAMPLES_A_ROUND);
    done(sealer.stop());
  }

  private void write(int round) {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 2 * SAMPLES_A_ROUND);
    for (String job : List.of("a", "b")) {
      Labels labels = Labels.of("__name__", "up", "job", job);
      int series = batch.series(SeriesKey.of("t", labels));
      for (int i = 0; i < SAMPLES_A_ROUND; i++) {
        int n = round * SAMPLES_A_ROUND + i;
        batch.sample(series, START + n * STEP, n);
      }
    }
    shard.write(batch.build()).join();
  }

  private void assertComplete(int count) {
    SelectRequest request =
        new SelectRequest(
            "t", List.of(Matcher.equal("__name__", "up")), 0, Long.MAX_VALUE, 100, 1L << 40);
    List<SeriesChunks> head = shard.select(request, Caller.WORKER).join();
    SeriesMerge merge = new SeriesMerge(100, 1L << 40);
    merge.add(done(store.select(request)));
    merge.add(head);
    assertThat(merge.result()).hasSize(2);
    for (SeriesChunks series : merge.result()) {
      SampleColumns samples = new ChunkMerge().samples(series.chunks());
      assertThat(samples.size).isEqualTo(count);
      assertThat(samples.times[count - 1]).isEqualTo(START + (count - 1) * STEP);
    }
  }
}
