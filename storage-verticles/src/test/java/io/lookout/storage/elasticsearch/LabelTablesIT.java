package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions for labels make no engine unpack samples, but where an earlier version wrote them. */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("engines")
class LabelTablesIT {
  @Parameter private Path kind = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final String name = TestStores.freshName();
  private final AtomicBoolean unpacked = new AtomicBoolean();
  private EngineProcess engine;
  private FaultyProxy proxy;
  private ElasticsearchSettings settings;

  static List<Path> engines() {
    return Engines.all();
  }

  @BeforeEach
  void start() {
    engine = Engines.shared(kind);
    proxy = done(FaultyProxy.start(vertx, engine.port()));
    settings = TestStores.settings(proxy.url(), "index=" + name);
  }

  @AfterEach
  void close() {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  private BlockStore open() {
    return done(TestStores.open(vertx, settings, new SimpleMeterRegistry()));
  }

  private static void put(BlockStore store, String zone, long window) {
    List<SeriesChunks> series =
        List.of("a", "b").stream()
            .map(job -> Labels.of("__name__", "up", "job", job, "zone", zone))
            .map(labels ->
                new SeriesChunks(
                    SeriesKey.of("t", labels),
                    List.of(
                        new Chunk(
                            9,
                            window,
                            window + 1000,
                            Slice.of(new byte[] {1}),
                            Slice.of(new byte[] {2}),
                            null))))
            .toList();
    done(store.put(new BlockWriter("t", "up", window).write(series)));
  }

  private static LabelResult ask(BlockStore store, Kind kind, String label) {
    List<List<Matcher>> jobA = List.of(List.of(Matcher.equal("job", "a")));
    return done(store.labels(new LabelQuery(kind, "t", label, jobA, 0, 1_000_000, 0)));
  }

  private void watchForStoredFields() {
    proxy.beforeNext(
        "\"stored_fields\":[\"series\"]",
        () -> {
          unpacked.set(true);
          return Future.succeededFuture();
        });
  }

  private static void assertLabels(BlockStore store, String... zones) {
    assertThat(ask(store, Kind.SERIES, "").series())
        .extracting(labels -> labels.valueOf("zone"))
        .containsExactlyInAnyOrder(zones);
    assertThat(ask(store, Kind.NAMES, "").strings()).containsExactly("__name__", "job", "zone");
    assertThat(ask(store, Kind.VALUES, "job").strings()).containsExactly("a");
    assertThat(ask(store, Kind.VALUES, "zone").strings()).containsExactly(zones);
  }

  @Test
  void noSamplesAreUnpacked() {
    BlockStore store = open();
    put(store, "x", 1000);
    put(store, "y", 2000);
    watchForStoredFields();

    assertLabels(store, "x", "y");

    assertThat(unpacked).isFalse();
    done(store.close());
  }

  @Test
  void indicesOfAnEarlierVersionAreReadAndFollowedByOnesOfThis() {
    JsonObject template = BlockMapping.template(settings);
    JsonObject earlier = template.copy();
    earlier
        .getJsonObject("template")
        .getJsonObject("mappings")
        .getJsonObject("properties")
        .remove(BlockMapping.TABLE);
    engine.json("PUT", "/_index_template/" + name, earlier.encode());
    String alias = "{\"aliases\":{\"%s\":{\"is_write_index\":true}}}".formatted(name);
    engine.json("PUT", "/" + name + "-000001", alias);
    BlockStore store = open();
    put(store, "x", 1000);
    watchForStoredFields();
    assertLabels(store, "x");
    assertThat(unpacked).isTrue();

    done(((ElasticsearchBlockStore) store).rollOver());
    put(store, "y", 2000);

    assertLabels(store, "x", "y");
    JsonObject next = engine.json("GET", "/" + name + "-000002/_mapping", "");
    assertThat(
            next.getJsonObject(name + "-000002")
                .getJsonObject("mappings")
                .getJsonObject("properties")
                .fieldNames())
        .contains(BlockMapping.TABLE);
    done(store.close());
  }
}
