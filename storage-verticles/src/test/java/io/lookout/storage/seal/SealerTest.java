package io.lookout.storage.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
  private static final SealOptions QUICK =
      new SealOptions(Duration.ofMillis(5), Duration.ofMillis(1), Duration.ofMillis(4), 1 << 20);
  private static final Labels UP = Labels.of("__name__", "up", "job", "a");
  private static final Labels DOWN = Labels.of("__name__", "down", "job", "a");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private FlakyStore store;

  @BeforeEach
  void open() throws Exception {
    store =
        new FlakyStore(
            done(
                EmbeddedBlockStore.open(
                    vertx,
                    new EmbeddedStoreOptions(directory, Duration.ofDays(1), 1, 10, 1 << 20),
                    meters)));
  }

  @AfterEach
  void close() throws Exception {
    done(store.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Sealer start(FakeShard shard) {
    return Sealer.start(0, shard, store, QUICK, Clock.systemUTC(), vertx, meters);
  }

  private List<SeriesChunks> select() throws Exception {
    return done(
        store.select(
            new SelectRequest(
                "t", List.of(Matcher.equal("job", "a")), 0, 1L << 50, 1000, 1L << 40)));
  }

  @Test
  void windowsLeaveTheShardTheOldestFirstAndAreInTheStore() throws Exception {
    FakeShard shard = new FakeShard(Windows.of(Windows.WINDOW, UP), Windows.of(0, UP, DOWN));

    Sealer sealer = start(shard);

    await().until(() -> shard.released.size() == 2);
    done(sealer.stop());
    assertThat(shard.released).containsExactly(0L, Windows.WINDOW);
    assertThat(select()).hasSize(2);
    assertThat(meters.counter("lookout.seal.blocks", "shard", "0").count()).isEqualTo(3);
    assertThat(meters.counter("lookout.seal.samples", "shard", "0").count()).isEqualTo(3 * 480);
  }

  @Test
  void windowsThatCompleteLaterFollow() throws Exception {
    FakeShard shard = new FakeShard(Windows.of(0, UP));
    Sealer sealer = start(shard);
    await().until(() -> shard.released.size() == 1);

    shard.waiting.put(Windows.WINDOW, Windows.of(Windows.WINDOW, UP));

    await().until(() -> shard.released.size() == 2);
    done(sealer.stop());
  }

  @Test
  void aStoreThatIsAwayIsAskedAgainAndNothingDoubles() throws Exception {
    FakeShard shard = new FakeShard(Windows.of(0, UP, DOWN));
    store.failuresLeft.set(5);

    Sealer sealer = start(shard);

    await().until(() -> store.failuresLeft.get() == 0);
    await().until(() -> shard.released.size() == 1);
    done(sealer.stop());
    assertThat(store.puts).hasValue(6);
    assertThat(done(store.stats()).blocks()).isEqualTo(2);
    assertThat(meters.counter("lookout.seal.failures", "shard", "0").count()).isEqualTo(5);
  }

  @Test
  void aStoreThatIsBackIsAskedAtOnce() throws Exception {
    SealOptions slow =
        new SealOptions(Duration.ofMillis(5), Duration.ofHours(2), Duration.ofHours(2), 1 << 20);
    FakeShard shard = new FakeShard(Windows.of(0, UP, DOWN));
    store.failuresLeft.set(1);
    Sealer sealer = Sealer.start(0, shard, store, slow, Clock.systemUTC(), vertx, meters);
    await().until(() -> meters.counter("lookout.seal.failures", "shard", "0").count() == 1);

    store.recovery.complete();

    await().until(() -> shard.released.size() == 1);
    done(sealer.stop());
  }

  /** Killed between put and release: the shard of the next process has the window still. */
  @Test
  void aWindowThatIsPutAgainAfterACrashTakesItsOwnPlace() throws Exception {
    done(store.put(new WindowBlocks(Windows.of(0, UP, DOWN), 1 << 20).nextBatch()));
    done(store.close());
    open();
    FakeShard shard = new FakeShard(Windows.of(0, UP, DOWN));

    Sealer sealer = start(shard);

    await().until(() -> shard.released.size() == 1);
    done(sealer.stop());
    assertThat(done(store.stats()).blocks()).isEqualTo(2);
    assertThat(select()).allMatch(series -> series.chunks().size() == 1);
  }

  @Test
  void nothingIsReleasedAfterTheStop() throws Exception {
    FakeShard shard = new FakeShard();
    Sealer sealer = start(shard);

    done(sealer.stop());
    shard.waiting.put(0L, Windows.of(0, UP));

    assertThat(shard.released).isEmpty();
    assertThat(store.puts).hasValue(0);
  }
}
