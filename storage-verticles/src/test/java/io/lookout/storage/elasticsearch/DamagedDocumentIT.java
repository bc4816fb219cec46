package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.DamagedBlock;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents that somebody else has changed in the engine, behind Lookout's back: each is reported
 * and counted once, and the rest is served, listed and fetched.
 */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("engines")
class DamagedDocumentIT {
  private static final byte[] NOTHING = {};

  @Parameter private Path kind = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String name = TestStores.freshName();
  private EngineProcess engine;
  private BlockStore store;

  static List<Path> engines() {
    return Engines.all();
  }

  @BeforeEach
  void open() {
    engine = Engines.shared(kind);
    store =
        done(TestStores.open(vertx, TestStores.settings(engine.url(), "index=" + name), meters));
  }

  @AfterEach
  void close() {
    done(store.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  private static Block block(String metric) {
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", metric, "job", "a"));
    Slice bytes = Slice.of(new byte[] {1, 2, 3});
    Chunk chunk = new Chunk(9, 1000, 2000, bytes, bytes, null);
    return new BlockWriter("t", metric, 0)
        .write(List.of(new SeriesChunks(key, List.of(chunk))))
        .getFirst();
  }

  /** Puts a document in the place of one that is there. */
  private void overwrite(String id, JsonObject document) {
    int status =
        engine.status(
            "PUT", "/" + name + "-000001/_doc/" + id + "?refresh=true", document.encode());
    assertThat(status).isEqualTo(200);
  }

  /** As the store writes it, in JSON and with other binaries. */
  private static JsonObject document(Block block, byte[] series, byte[] chunks) {
    return new JsonObject()
        .put(BlockMapping.ID, block.id())
        .put(BlockMapping.TENANT, block.tenant())
        .put(BlockMapping.METRIC, block.metric())
        .put(BlockMapping.WINDOW, block.windowStart())
        .put(BlockMapping.MIN_TIME, block.minTime())
        .put(BlockMapping.MAX_TIME, block.maxTime())
        .put(BlockMapping.LABELS, new JsonArray(List.copyOf(block.labels())))
        .put(BlockMapping.LABEL_NAMES, JsonArray.of("__name__", "job"))
        .put(BlockMapping.SERIES, Base64.getEncoder().encodeToString(series))
        .put(BlockMapping.CHUNKS, Base64.getEncoder().encodeToString(chunks));
  }

  private void assertOnlyGoodIsServed() {
    SelectRequest all =
        new SelectRequest("t", List.of(Matcher.equal("job", "a")), 0, 3000, 1000, 1L << 30);
    assertThat(done(store.select(all)))
        .extracting(series -> series.key().labels().metricName())
        .containsExactly("good");
  }

  @Test
  void whatSomebodyChangedIsLeftOutAndCountedOnce() {
    Block good = block("good");
    Block flipped = block("flipped");
    Block cut = block("cut");
    Block emptied = block("emptied");
    done(store.put(List.of(good, flipped, cut, emptied)));
    overwrite(
        flipped.id(), document(flipped, flipped.series(), DamagedBlock.flipped(flipped.chunks())));
    overwrite(cut.id(), document(cut, DamagedBlock.cut(cut.series()), cut.chunks()));
    overwrite(emptied.id(), document(emptied, NOTHING, NOTHING));

    assertOnlyGoodIsServed();
    assertOnlyGoodIsServed();
    assertThat(meters.counter("lookout.store.damaged.blocks").count()).isEqualTo(3);
    LabelQuery series = new LabelQuery(LabelQuery.Kind.SERIES, "t", "", List.of(), 0, 3000, 0);
    assertThat(done(store.labels(series)).series())
        .contains(Labels.of("__name__", "good", "job", "a"));
  }

  /** Compaction reads so, and leaves what it cannot read where it is. */
  @Test
  void whatIsListedAndCannotBeFetchedIsLeftOut() {
    Block good = block("good");
    Block cut = block("cut");
    done(store.put(List.of(good, cut)));
    overwrite(cut.id(), document(cut, cut.series(), DamagedBlock.cut(cut.chunks())));

    List<StoredBlock> listed = done(store.list(BlockRange.of(0, 1, 10)));

    assertThat(listed).hasSize(2);
    assertThat(done(store.fetch(listed))).extracting(Block::id).contains(good.id());
    assertOnlyGoodIsServed();
  }

  /** As somebody leaves it who copies documents from one index to another. */
  @Test
  void aBlockUnderAnotherIdIsServed() {
    Block good = block("good");
    done(store.put(List.of(good)));
    assertThat(
            engine.status("DELETE", "/" + name + "-000001/_doc/" + good.id() + "?refresh=true", ""))
        .isEqualTo(200);
    engine.status(
        "PUT",
        "/" + name + "-000001/_doc/another?refresh=true",
        document(good, good.series(), good.chunks()).encode());

    assertOnlyGoodIsServed();
  }

  @Test
  void aDocumentOfSomebodyElseDoesNotStandInTheWay() {
    Block good = block("good");
    Block other = block("other");
    done(store.put(List.of(good, other)));
    overwrite(
        other.id(),
        new JsonObject()
            .put(BlockMapping.TENANT, "t")
            .put(BlockMapping.LABELS, JsonArray.of("job=a"))
            .put(BlockMapping.MIN_TIME, 1000)
            .put(BlockMapping.MAX_TIME, 2000)
            .put("message", "a line of a log"));

    assertOnlyGoodIsServed();
    assertThat(meters.counter("lookout.store.damaged.blocks").count()).isEqualTo(1);
    assertThat(done(store.list(BlockRange.of(0, 1, 10)))).hasSize(1);
  }
}
