package io.lookout.storage.embedded;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.LabelMerge;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.Damage;
import io.lookout.storage.store.LabelTables;
import io.lookout.storage.store.StoredBlock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks in Lucene indices in a local directory. One thread writes, some search; none of it happens
 * on an event loop.
 */
public final class EmbeddedBlockStore implements BlockStore {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBlockStore.class);
  private static final long REST_AFTER_MS = 60_000;

  private final Vertx vertx;
  private final EmbeddedStoreOptions options;
  private final PeriodIndexes indexes;
  private final LabelTables tables;
  private final SegmentCache cache;
  private final Damage damage;
  private final WorkerExecutor writer;
  private final WorkerExecutor searchers;
  private final StoreMeters meters;
  private final AtomicInteger putsSinceRest = new AtomicInteger();
  private final long restTimer;

  private EmbeddedBlockStore(
      Vertx vertx, EmbeddedStoreOptions options, PeriodIndexes indexes, MeterRegistry meters) {
    this.vertx = vertx;
    this.options = options;
    this.indexes = indexes;
    this.tables = new LabelTables(options.labelCacheBytes());
    this.cache = new SegmentCache(options.name(), options.blockCacheBytes(), tables, meters);
    this.damage = new Damage(options.name(), meters);
    this.meters = new StoreMeters(options.name(), meters);
    this.writer = vertx.createSharedWorkerExecutor("lookout-" + options.name() + "-write", 1);
    this.searchers =
        vertx.createSharedWorkerExecutor(
            "lookout-" + options.name() + "-search", options.searchThreads());
    this.restTimer = vertx.setPeriodic(REST_AFTER_MS, timer -> housekeeping());
  }

  /** Opens the indices of the directory. */
  public static Future<BlockStore> open(
      Vertx vertx, EmbeddedStoreOptions options, MeterRegistry meters) {
    return vertx.executeBlocking(() -> {
      PeriodIndexes indexes = new PeriodIndexes(options.directory(), options.rollover());
      EmbeddedBlockStore store = new EmbeddedBlockStore(vertx, options, indexes, meters);
      store.measure();
      return store;
    });
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    return write(() -> {
      Timer.Sample duration = Timer.start();
      putsSinceRest.incrementAndGet();
      indexes.put(blocks);
      duration.stop(meters.puts);
      return null;
    });
  }

  @Override
  public Future<List<SeriesChunks>> select(SelectRequest request) {
    if (!indexes.mayHave(request.minTime(), request.maxTime())) {
      return Future.succeededFuture(List.of());
    }
    return search(
        meters.selects,
        () -> {
          BlockSelect select = new BlockSelect(request, cache, damage);
          indexes.search(request.minTime(), request.maxTime(), select::in);
          meters.selectedBlocks.increment(select.blocks());
          return select.result();
        });
  }

  @Override
  public Future<LabelResult> labels(LabelQuery query) {
    if (!indexes.mayHave(query.minTime(), query.maxTime())) {
      return Future.succeededFuture(new LabelMerge(query).result());
    }
    return search(
        meters.labels,
        () -> {
          try (PeriodView view = indexes.view(query.minTime(), query.maxTime())) {
            return new LabelAnswering(cache, tables, damage).answer(query, view);
          }
        });
  }

  @Override
  public @Nullable LabelResult known(LabelQuery query) {
    if (!indexes.mayHave(query.minTime(), query.maxTime())) {
      return new LabelMerge(query).result();
    }
    return atGlance(query.minTime(), query.maxTime(), view -> cache.known(query, view));
  }

  @Override
  public @Nullable List<SeriesChunks> known(SelectRequest request) {
    return indexes.mayHave(request.minTime(), request.maxTime())
        ? atGlance(request.minTime(), request.maxTime(), new KnownSelect(request, cache)::in)
        : List.of();
  }

  /** Looks at what is remembered of the indices that have samples of these times. */
  @FunctionalInterface
  private interface Glance<T> {
    @Nullable T at(PeriodView view) throws IOException;
  }

  private <T> @Nullable T atGlance(long minTime, long maxTime, Glance<T> glance) {
    try (PeriodView view = indexes.view(minTime, maxTime)) {
      return glance.at(view);
    } catch (IOException e) {
      LOG.debug("A glance at the indices failed: a search will tell", e);
      return null;
    }
  }

  @Override
  public Future<Void> dropBefore(long time) {
    return write(() -> {
      indexes.dropBefore(time);
      return null;
    });
  }

  @Override
  public Future<List<StoredBlock>> list(BlockRange range) {
    return search(
        meters.lists,
        () -> {
          BlockListing listing = new BlockListing(range);
          indexes.eachPeriod(
              range.from(),
              range.to(),
              (start, searcher) -> listing.in(Long.toString(start), searcher));
          return listing.result();
        });
  }

  @Override
  public Future<List<Block>> fetch(List<StoredBlock> blocks) {
    return search(
        meters.lists,
        () -> {
          List<Block> fetched = new ArrayList<>(blocks.size());
          for (Map.Entry<Long, List<String>> place : byPeriod(blocks).entrySet()) {
            indexes.eachPeriod(
                place.getKey(),
                place.getKey() + 1,
                (start, searcher) ->
                    BlockListing.fetch(searcher, place.getValue(), damage, fetched));
          }
          return fetched;
        });
  }

  @Override
  public Future<Void> delete(List<StoredBlock> blocks) {
    return write(() -> {
      for (Map.Entry<Long, List<String>> place : byPeriod(blocks).entrySet()) {
        indexes.delete(place.getKey(), place.getValue());
      }
      return null;
    });
  }

  private static Map<Long, List<String>> byPeriod(List<StoredBlock> blocks) {
    Map<Long, List<String>> ids = new TreeMap<>();
    for (StoredBlock block : blocks) {
      ids.computeIfAbsent(Long.valueOf(block.place()), place -> new ArrayList<>()).add(block.id());
    }
    return ids;
  }

  @Override
  public Future<Void> pack(long from, long to) {
    return write(() -> {
      indexes.pack(from, to);
      return null;
    });
  }

  @Override
  public Future<Void> snapshot(Path directory) {
    return write(() -> {
      indexes.copyTo(directory);
      return null;
    });
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public Future<StoreStats> stats() {
    return writer.executeBlocking(
        () -> told(() -> new StoreStats(indexes.count(), indexes.blocks(), indexes.bytesOnDisk())));
  }

  private void housekeeping() {
    boolean idle = putsSinceRest.getAndSet(0) == 0;
    write(
            () -> {
              if (idle) {
                indexes.rest();
              }
              measure();
              return null;
            })
        .onFailure(e -> LOG.warn("The block store could not be tidied", e));
  }

  private void measure() throws IOException {
    meters.bytes.set(indexes.bytesOnDisk());
    meters.indices.set(indexes.count());
  }

  private <T> Future<T> search(Timer timer, Callable<T> work) {
    if (meters.queued.incrementAndGet() > options.maxQueued()) {
      meters.queued.decrementAndGet();
      meters.refused.increment();
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.UNAVAILABLE,
              "more than " + options.maxQueued() + " searches wait for the block store"));
    }
    Timer.Sample duration = Timer.start();
    return searched(work)
        .onComplete(done -> {
          meters.queued.decrementAndGet();
          duration.stop(timer);
        });
  }

  /** Who may block searches for himself, which spares two changes of threads. */
  private <T> Future<T> searched(Callable<T> work) {
    if (Context.isOnEventLoopThread()) {
      return searchers.executeBlocking(() -> told(work), false);
    }
    try {
      return Future.succeededFuture(told(work));
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      // As those threads do: a search that did not end would count for ever.
      return Future.failedFuture(e);
    }
  }

  private <T> Future<T> write(Callable<T> work) {
    return writer.executeBlocking(() -> told(work), true);
  }

  private static <T> T told(Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (IOException e) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE, "the block store failed: " + e.getMessage(), e);
    }
  }

  @Override
  public Future<Void> close() {
    vertx.cancelTimer(restTimer);
    return write(
            () -> {
              indexes.close();
              return null;
            })
        .mapEmpty()
        .eventually(() -> Future.join(writer.close(), searchers.close()))
        .mapEmpty();
  }
}
