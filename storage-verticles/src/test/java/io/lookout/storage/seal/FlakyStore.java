package io.lookout.storage.seal;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.StoredBlock;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in front of a real one that is away for a number of puts. */
final class FlakyStore implements BlockStore {
  private final BlockStore behind;
  final AtomicInteger failuresLeft = new AtomicInteger();
  final AtomicInteger puts = new AtomicInteger();

  FlakyStore(BlockStore behind) {
    this.behind = behind;
  }

  /** What fails may have arrived all the same. */
  @Override
  public Future<Void> put(List<Block> blocks) {
    puts.incrementAndGet();
    Future<Void> put = behind.put(blocks);
    return failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0
        ? put
        : put.compose(done ->
            Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "the store is away")));
  }

  @Override
  public Future<List<SeriesChunks>> select(SelectRequest request) {
    return behind.select(request);
  }

  @Override
  public Future<LabelResult> labels(LabelQuery query) {
    return behind.labels(query);
  }

  @Override
  public Future<Void> dropBefore(long time) {
    return behind.dropBefore(time);
  }

  @Override
  public Future<List<StoredBlock>> list(BlockRange range) {
    return behind.list(range);
  }

  @Override
  public Future<List<Block>> fetch(List<StoredBlock> blocks) {
    return behind.fetch(blocks);
  }

  @Override
  public Future<Void> delete(List<StoredBlock> blocks) {
    return behind.delete(blocks);
  }

  @Override
  public Future<Void> pack(long from, long to) {
    return behind.pack(from, to);
  }

  @Override
  public boolean shared() {
    return behind.shared();
  }

  @Override
  public Future<StoreStats> stats() {
    return behind.stats();
  }

  @Override
  public Future<Void> close() {
    return behind.close();
  }
}
