package io.lookout.storage.elasticsearch;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks in Elasticsearch or OpenSearch. The engine may be away: then puts and searches fail, the
 * sealer keeps what it has and tries again, and nothing is taken for stored that no search finds.
 */
public final class ElasticsearchBlockStore implements BlockStore {
  private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchBlockStore.class);

  private final Vertx vertx;
  private final ElasticsearchSettings settings;
  private final StoreSurroundings surroundings;
  private final EngineMeters meters;
  private final EngineClient client;
  private final PreparedEngine prepared;
  private final BulkWriter bulks;
  private final Refreshes refreshes;
  private final BlockSearch search;
  private final BlockListing listing;
  private final LifeCycle lifeCycle;
  private final LabelTables tables;
  private final Damage damage;
  private final BlockReading reading;
  private final long lifeCycleTimer;

  private ElasticsearchBlockStore(
      Vertx vertx,
      ElasticsearchSettings settings,
      StoreSurroundings surroundings,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.settings = settings;
    this.surroundings = surroundings;
    this.meters = new EngineMeters(registry);
    this.client =
        new EngineClient(
            vertx, settings, new java.util.Random(new SplittableRandom().nextLong()), meters);
    this.prepared =
        new PreparedEngine(new Preparation(client, settings), meters, surroundings.verdict());
    this.bulks = new BulkWriter(vertx, client, settings, meters);
    this.refreshes = new Refreshes(client, settings.index());
    this.search = new BlockSearch(vertx, client, settings.index(), settings.pageBlocks());
    this.damage = new Damage("store", registry);
    this.listing = new BlockListing(search, settings, damage);
    this.lifeCycle = new LifeCycle(client, settings);
    this.tables = new LabelTables(surroundings.labelCacheBytes());
    this.reading =
        new BlockReading(
            vertx,
            search,
            new KnownBlocks(surroundings.blockCacheBytes(), tables, registry),
            damage,
            settings);
    this.lifeCycleTimer =
        vertx.setPeriodic(surroundings.lifeCycleInterval().toMillis(), timer -> housekeeping());
  }

  /**
   * Opens the store. Fails with {@link IncompatibleException} where the engine, or what it has
   * under our name, is not what the store can work with. Where the engine is away, the store is
   * open all the same and looks for it whenever it is needed.
   */
  public static Future<BlockStore> open(
      Vertx vertx,
      ElasticsearchSettings settings,
      StoreSurroundings surroundings,
      MeterRegistry meters) {
    ElasticsearchBlockStore store =
        new ElasticsearchBlockStore(vertx, settings, surroundings, meters);
    return store
        .prepared
        .engine()
        .<BlockStore>map(store)
        .recover(failure -> {
          if (failure instanceof IncompatibleException) {
            return store.close().transform(closed -> Future.failedFuture(failure));
          }
          LOG.warn(
              "Started without the block store; sealed windows wait until it answers: {}",
              failure.getMessage());
          return Future.succeededFuture(store);
        });
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    Timer.Sample duration = Timer.start();
    return with(engine -> bulks.put(blocks).compose(put -> refreshes.refresh()))
        .onSuccess(done -> duration.stop(meters.puts));
  }

  @Override
  public Future<List<SeriesChunks>> select(SelectRequest request) {
    return searching(
        meters.selects, engine -> new BlockSelect(search, reading, request).ask(engine));
  }

  @Override
  public Future<LabelResult> labels(LabelQuery query) {
    LabelSearch labels = new LabelSearch(query, tables, damage);
    return searching(meters.labels, engine -> labels.ask(engine, client, settings.index(), search));
  }

  @Override
  public Future<List<StoredBlock>> list(BlockRange range) {
    return with(engine -> listing.list(range));
  }

  @Override
  public Future<List<Block>> fetch(List<StoredBlock> blocks) {
    return with(engine -> listing.fetch(blocks));
  }

  @Override
  public Future<Void> delete(List<StoredBlock> blocks) {
    return with(engine -> bulks.delete(blocks).compose(done -> refreshes.refresh()));
  }

  /** The engine merges by itself. */
  @Override
  public Future<Void> pack(long from, long to) {
    return Future.succeededFuture();
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public Future<Void> dropBefore(long time) {
    return settings.isDataStream() || !surroundings.elected().getAsBoolean()
        ? Future.succeededFuture()
        : with(engine -> lifeCycle.dropBefore(time));
  }

  @Override
  public Future<StoreStats> stats() {
    return with(engine ->
        client
            .json(EngineRequest.get("/" + settings.index() + "/_stats/docs,store"))
            .map(ElasticsearchBlockStore::stats));
  }

  private static StoreStats stats(JsonObject answer) {
    JsonObject all = answer.getJsonObject("_all");
    return new StoreStats(
        answer.getJsonObject("indices").size(),
        all.getJsonObject("primaries").getJsonObject("docs").getLong("count"),
        all.getJsonObject("total").getJsonObject("store").getLong("size_in_bytes"));
  }

  /** Begins a new index at once, whatever age and size say. */
  Future<Void> rollOver() {
    return with(engine -> lifeCycle.rollOverNow()).mapEmpty();
  }

  private void housekeeping() {
    stats()
        .onSuccess(this::measure)
        .compose(measured ->
            settings.isDataStream() || !surroundings.elected().getAsBoolean()
                ? Future.succeededFuture(false)
                : with(lifeCycle::rollOver))
        .onFailure(e -> LOG.warn("The block store could not be looked after: {}", e.getMessage()));
  }

  private void measure(StoreStats stats) {
    meters.indices.set(stats.indices());
    meters.bytes.set(stats.bytes());
  }

  private <T> Future<T> with(Function<Engine, Future<T>> work) {
    return prepared.engine().compose(work).onFailure(prepared::doubt);
  }

  private <T> Future<T> searching(Timer timer, Function<Engine, Future<T>> work) {
    if (meters.queued.incrementAndGet() > surroundings.maxSearches()) {
      meters.queued.decrementAndGet();
      meters.refused.increment();
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.UNAVAILABLE,
              "more than " + surroundings.maxSearches() + " searches wait for the block store"));
    }
    Timer.Sample duration = Timer.start();
    return with(work)
        .onComplete(done -> {
          meters.queued.decrementAndGet();
          duration.stop(timer);
        });
  }

  @Override
  public Future<Void> close() {
    vertx.cancelTimer(lifeCycleTimer);
    return client.close();
  }
}
