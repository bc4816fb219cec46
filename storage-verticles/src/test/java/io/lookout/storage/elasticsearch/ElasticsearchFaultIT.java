package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.elasticsearch.FaultyProxy.Fault;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** An engine in trouble: nothing is lost, nothing is there twice, and what failed is said. */
class ElasticsearchFaultIT {
  private static final int BLOCKS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String name = TestStores.freshName();
  private EngineProcess engine;
  private FaultyProxy proxy;
  private BlockStore store;

  @BeforeEach
  void open() {
    engine = Engines.shared(Engines.required().getFirst());
    proxy = done(FaultyProxy.start(vertx, engine.port()));
    store =
        done(
            TestStores.open(
                vertx,
                TestStores.settings(
                    proxy.url(), "index=" + name, "request.timeout=20s", "attempts=3"),
                meters));
  }

  @AfterEach
  void close() {
    done(store.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(90, SECONDS).join();
  }

  private static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "m" + i, "job", "a"));
      Slice bytes = Slice.of(new byte[] {1, 2, 3});
      Chunk chunk = new Chunk(9, 1000, 2000, bytes, bytes, null);
      blocks.addAll(
          new BlockWriter("t", "m" + i, 0).write(List.of(new SeriesChunks(key, List.of(chunk)))));
    }
    return blocks;
  }

  private void assertEachIsThereOnce() {
    SelectRequest all =
        new SelectRequest("t", List.of(Matcher.equal("job", "a")), 0, 3000, 1000, 1L << 30);
    assertThat(done(store.select(all)))
        .hasSize(BLOCKS)
        .allSatisfy(series -> assertThat(series.chunks()).hasSize(1));
    assertThat(done(store.stats()).blocks()).isEqualTo(BLOCKS);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"TOO_MANY", "UNAVAILABLE", "HALF_REFUSED", "HANG_UP"})
  void whatPassesIsTriedAgain(Fault fault) {
    proxy.next(1, fault);

    done(store.put(blocks()));

    assertEachIsThereOnce();
    assertThat(proxy.bulks.get()).isEqualTo(2);
    if (fault == Fault.HALF_REFUSED) {
      assertThat(meters.counter("lookout.elasticsearch.retried.blocks").count())
          .isEqualTo(BLOCKS / 2.0);
    }
  }

  @Test
  void whatIsNoAnswerIsAFailureAndThePutMayBeRepeated() {
    proxy.next(1, Fault.GARBAGE);

    assertThatThrownBy(() -> done(store.put(blocks())))
        .hasRootCauseInstanceOf(java.io.IOException.class)
        .hasMessageContaining("no JSON");
    done(store.put(blocks()));

    assertEachIsThereOnce();
  }

  @Test
  void overloadThatDoesNotEndIsAFailureThatSaysSo() {
    proxy.next(100, Fault.TOO_MANY);

    assertThatThrownBy(() -> done(store.put(blocks())))
        .hasCauseInstanceOf(LookoutException.class)
        .hasMessageContaining("429");
    assertThat(proxy.bulks.get()).isEqualTo(3);
  }

  @Test
  void silenceEndsWithTheTimeout() {
    BlockStore impatient =
        done(
            TestStores.open(
                vertx,
                TestStores.settings(
                    proxy.url(), "index=" + name, "request.timeout=1s", "attempts=1"),
                new SimpleMeterRegistry()));
    proxy.next(1, Fault.SILENCE);

    assertThatThrownBy(() -> done(impatient.put(blocks())))
        .hasMessageContaining("has not answered");
    done(impatient.close());
    done(store.put(blocks()));

    assertEachIsThereOnce();
  }

  @Test
  void anEngineThatIsKilledFailsPutsAndServesAgainWhenItIsBack() {
    done(store.put(blocks().subList(0, 5)));
    engine.kill();

    assertThatThrownBy(() -> done(store.put(blocks()))).hasMessageContaining("the block store");
    assertThat(meters.get("lookout.elasticsearch.up.hosts").gauge().value()).isZero();

    engine.restartAndAwait();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> {
          done(store.put(blocks()));
          return true;
        });
    assertEachIsThereOnce();
    assertThat(meters.get("lookout.elasticsearch.up.hosts").gauge().value()).isEqualTo(1);
  }

  @Test
  void whatIsNotOfLookoutIsLeftAsItIs() {
    String other = TestStores.freshName();
    engine.json("PUT", "/" + other, "{\"mappings\":{\"properties\":{\"x\":{\"type\":\"long\"}}}}");
    JsonObject before = engine.json("GET", "/" + other, "");

    assertThatThrownBy(() -> done(openAs(other)))
        .hasCauseInstanceOf(IncompatibleException.class)
        .hasMessageContaining(other + " is an index")
        .hasMessageContaining("storage.elasticsearch.index");
    assertThat(engine.json("GET", "/" + other, "")).isEqualTo(before);
    assertThat(engine.status("GET", "/_index_template/" + other, "")).isEqualTo(404);
  }

  @Test
  void aTemplateOfSomebodyElseIsLeftAsItIs() {
    String other = TestStores.freshName();
    engine.json("PUT", "/_index_template/" + other, "{\"index_patterns\":[\"" + other + "-x-*\"]}");

    assertThatThrownBy(() -> done(openAs(other)))
        .hasCauseInstanceOf(IncompatibleException.class)
        .hasMessageContaining("is not of Lookout");
    assertThat(engine.status("GET", "/" + other, "")).isEqualTo(404);
  }

  private Future<BlockStore> openAs(String index) {
    return TestStores.open(
        vertx, TestStores.settings(engine.url(), "index=" + index), new SimpleMeterRegistry());
  }
}
