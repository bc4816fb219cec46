package io.lookout.storage.embedded;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final Damage damage;
  private final WorkerExecutor writer;
  private final WorkerExecutor searchers;
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicInteger putsSinceRest = new AtomicInteger();
  private final long restTimer;

  private EmbeddedBlockStore(
      Vertx vertx, EmbeddedStoreOptions options, PeriodIndexes indexes, MeterRegistry meters) {
    this.vertx = vertx;
    this.options = options;
    this.indexes = indexes;
    this.tables = new LabelTables(options.labelCacheBytes());
    this.damage = new Damage(meters);
    this.writer = vertx.createSharedWorkerExecutor("lookout-store-write", 1);
    this.searchers =
        vertx.createSharedWorkerExecutor("lookout-store-search", options.searchThreads());
    this.restTimer = vertx.setPeriodic(REST_AFTER_MS, timer -> restWhenIdle());
  }

  /** Opens the indices of the directory. */
  public static Future<BlockStore> open(
      Vertx vertx, EmbeddedStoreOptions options, MeterRegistry meters) {
    return vertx.executeBlocking(() -> {
      PeriodIndexes indexes = new PeriodIndexes(options.directory(), options.rollover());
      return new EmbeddedBlockStore(vertx, options, indexes, meters);
    });
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    return write(() -> {
      putsSinceRest.incrementAndGet();
      indexes.put(blocks);
      return null;
    });
  }

  @Override
  public Future<List<SeriesChunks>> select(SelectRequest request) {
    return search(() -> {
      BlockSelect select = new BlockSelect(request, tables, damage);
      indexes.search(request.minTime(), request.maxTime(), select::in);
      return select.result();
    });
  }

  @Override
  public Future<LabelResult> labels(LabelQuery query) {
    return search(() -> {
      LabelSearch labels = new LabelSearch(query, tables, damage);
      indexes.search(query.minTime(), query.maxTime(), labels::in);
      return labels.result();
    });
  }

  @Override
  public Future<Void> dropBefore(long time) {
    return write(() -> {
      indexes.dropBefore(time);
      return null;
    });
  }

  @Override
  public Future<StoreStats> stats() {
    return search(() -> new StoreStats(indexes.count(), indexes.blocks(), indexes.bytesOnDisk()));
  }

  private void restWhenIdle() {
    if (putsSinceRest.getAndSet(0) == 0) {
      write(
              () -> {
                indexes.rest();
                return null;
              })
          .onFailure(e -> LOG.warn("An idle index could not be let go", e));
    }
  }

  private <T> Future<T> search(Callable<T> work) {
    if (queued.incrementAndGet() > options.maxQueued()) {
      queued.decrementAndGet();
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.UNAVAILABLE,
              "more than " + options.maxQueued() + " searches wait for the block store"));
    }
    return searchers
        .executeBlocking(() -> told(work), false)
        .onComplete(done -> queued.decrementAndGet());
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
