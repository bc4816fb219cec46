package io.lookout.storage.elasticsearch;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does once what a node will do with the engine, and tells of each step. What the first node would
 * make is made; a block of a tenant of its own is put, found and deleted again.
 */
public final class StoreCheck {
  private static final String TENANT = "lookout-check";
  private static final String METRIC = "lookout_check";

  private final Vertx vertx;
  private final ElasticsearchSettings settings;
  private final Consumer<String> out;
  private final EngineClient client;

  private StoreCheck(Vertx vertx, ElasticsearchSettings settings, Consumer<String> out) {
    this.vertx = vertx;
    this.settings = settings;
    this.out = out;
    this.client =
        new EngineClient(
            vertx,
            settings,
            new java.util.Random(new SplittableRandom().nextLong()),
            new EngineMeters(new SimpleMeterRegistry()));
  }

  /**
   * Completes when all steps have succeeded; fails with what went wrong in the first that has not.
   *
   * @param out told of each step that has succeeded
   */
  public static Future<Void> run(
      Vertx vertx, ElasticsearchSettings settings, Consumer<String> out) {
    StoreCheck check = new StoreCheck(vertx, settings, out);
    return check.steps().eventually(check.client::close);
  }

  private Future<Void> steps() {
    return new EngineDetection(client)
        .detect()
        .recover(failure -> Future.failedFuture(explained("version", failure)))
        .compose(engine ->
            told(
                    engine + " answers at " + String.join(", ", settings.urls()),
                    "version",
                    () -> done())
                .compose(next -> prepare())
                .compose(next -> roundTrip())
                .compose(next -> settings.isDataStream() ? done() : lifeCycle(engine)));
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private Future<Void> told(String success, String step, Supplier<Future<Void>> work) {
    return work.get()
        .onSuccess(succeeded -> out.accept("ok  " + success))
        .recover(failure -> Future.failedFuture(explained(step, failure)));
  }

  private Future<Void> prepare() {
    String what = settings.isDataStream() ? "data stream " : "alias ";
    return told(
        "template " + settings.index() + " and " + what + settings.index() + " are there",
        "template and " + what.strip(),
        () -> new Preparation(client, settings).prepare().mapEmpty());
  }

  // --- a block there and back -----------------------------------------------------------------

  private Future<Void> roundTrip() {
    StoreSurroundings alone =
        new StoreSurroundings(10, 1 << 20, 0, Duration.ofHours(1), () -> false, problem -> {});
    return ElasticsearchBlockStore.open(vertx, settings, alone, new SimpleMeterRegistry())
        .compose(store ->
            told("a block was put and made searchable", "put", () -> store.put(block()))
                .compose(next -> told("it was found", "search", () -> find(store)))
                .compose(next -> told("it was deleted", "delete", () -> delete(store)))
                .eventually(store::close));
  }

  private static List<Block> block() {
    SampleColumns samples = new SampleColumns();
    samples.add(1, 1);
    SeriesKey key = SeriesKey.of(TENANT, Labels.of("__name__", METRIC));
    List<SeriesChunks> series =
        List.of(new SeriesChunks(key, List.of(new ChunkEncoder().encode(samples, 0, 1))));
    return new BlockWriter(TENANT, METRIC, 0).write(series);
  }

  private static Future<Void> find(BlockStore store) {
    SelectRequest request =
        new SelectRequest(
            TENANT, List.of(Matcher.equal("__name__", METRIC)), 0, 1, 10, Integer.MAX_VALUE);
    return store
        .select(request)
        .compose(found ->
            found.size() == 1
                ? done()
                : Future.failedFuture(new EngineException("a block that was put was not found")));
  }

  private static Future<Void> delete(BlockStore store) {
    return store
        .list(BlockRange.of(0, 1, 1000))
        .compose(listed -> store.delete(listed.stream().filter(StoreCheck::isOurs).toList()));
  }

  private static boolean isOurs(StoredBlock block) {
    return block.origin().tenant().equals(TENANT);
  }

  // --- life cycle -----------------------------------------------------------------------------

  private Future<Void> lifeCycle(Engine engine) {
    return told("roll-over is allowed", "roll-over", () -> tryRollOver(engine))
        .compose(
            next -> told("indices can be made and deleted", "deletion of indices", this::tryIndex));
  }

  private Future<Void> tryRollOver(Engine engine) {
    JsonObject conditions =
        engine.rolloverConditions(
            settings.rolloverAge().toSeconds(),
            settings.rolloverBytes().bytes(),
            settings.shards());
    return client
        .askForSuccess(
            EngineRequest.post(
                "/" + settings.index() + "/_rollover?dry_run=true",
                new JsonObject().put("conditions", conditions)))
        .mapEmpty();
  }

  private Future<Void> tryIndex() {
    String path = "/" + settings.index() + "-check";
    return client
        .askForSuccess(EngineRequest.put(path, new JsonObject()))
        .compose(made -> client.askForSuccess(EngineRequest.delete(path)))
        .mapEmpty();
  }

  // --- what to do -----------------------------------------------------------------------------

  private EngineException explained(String step, Throwable failure) {
    String hint =
        switch (failure instanceof EngineException e ? e.status() : 0) {
          case 401 ->
              ". The credentials are wrong: see storage.elasticsearch.user, .api.key and"
                  + " .bearer.token";
          case 403 -> ". The user lacks a privilege: docs/elasticsearch.md lists them";
          default -> "";
        };
    return new EngineException(step + ": " + failure.getMessage() + hint, failure);
  }
}
