package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks are read once, and those that go while they are wanted are missed by nobody. */
class KnownBlocksIT {
  private static final int BLOCKS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String name = TestStores.freshName();
  private FaultyProxy proxy;
  private BlockStore behind;
  private BlockStore store;

  @BeforeEach
  void open() {
    EngineProcess engine = Engines.shared(Engines.one());
    proxy = done(FaultyProxy.start(vertx, engine.port()));
    behind = open(engine.url(), new SimpleMeterRegistry());
    store = open(proxy.url(), meters);
    done(behind.put(blocks(0)));
  }

  private BlockStore open(String url, SimpleMeterRegistry registry) {
    return done(
        TestStores.open(
            vertx, TestStores.settings(url, "index=" + name, "page.blocks=7"), registry));
  }

  @AfterEach
  void close() {
    done(store.close());
    done(behind.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(90, SECONDS).join();
  }

  /**
   * @param level which makes them others, with the same samples
   */
  private static List<Block> blocks(int level) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "m" + i, "job", "a"));
      Slice bytes = Slice.of(new byte[] {1, 2, 3});
      Chunk chunk = new Chunk(9, 1000, 2000, bytes, bytes, null);
      BlockWriter writer = new BlockWriter(new BlockOrigin("t", "m" + i, 0, 0, level));
      blocks.addAll(writer.write(List.of(new SeriesChunks(key, List.of(chunk)))));
    }
    return blocks;
  }

  private Future<List<SeriesChunks>> select() {
    return store.select(
        new SelectRequest("t", List.of(Matcher.equal("job", "a")), 0, 3000, 1000, 1L << 30));
  }

  private double requests() {
    return meters.counter("lookout.elasticsearch.requests").count();
  }

  @Test
  void whatWasReadIsNotReadAgain() {
    List<SeriesChunks> first = done(select());
    double before = requests();

    List<SeriesChunks> again = done(select());

    assertThat(again).hasSize(BLOCKS).containsExactlyInAnyOrderElementsOf(first);
    assertThat(requests() - before).isEqualTo(1);
  }

  @Test
  void whatWasDeletedIsNotServedBecauseItIsKnown() {
    done(select());

    done(behind.delete(done(behind.list(BlockRange.of(0, 1, 5)))));

    assertThat(done(select())).hasSize(BLOCKS - 5);
  }

  @Test
  void whatIsReplacedBetweenFindingAndReadingIsFoundInItsNewPlace() {
    proxy.beforeNextRead(() -> replace(1));

    List<SeriesChunks> found = done(select());

    assertThat(found).hasSize(BLOCKS).allSatisfy(series -> assertThat(series.chunks()).hasSize(1));
  }

  @Test
  void blocksThatAreAlwaysGoneAreAFailure() {
    replaceBeforeEachRead(1);

    assertThatThrownBy(() -> done(select())).hasMessageContaining("gone while they were read");
  }

  private void replaceBeforeEachRead(int level) {
    proxy.beforeNextRead(() -> {
      replaceBeforeEachRead(level + 1);
      return replace(level);
    });
  }

  /** As compaction does it: the new ones first. */
  private Future<?> replace(int level) {
    Future<List<StoredBlock>> old = behind.list(BlockRange.of(0, 1, 1000));
    return old.compose(listed -> behind.put(blocks(level)).compose(put -> behind.delete(listed)));
  }
}
