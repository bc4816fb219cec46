package io.lookout.storage.compact;

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
import java.util.function.Supplier;

/** A real store that takes so many changes and then none, as if its client had died there. */
final class BreakingStore implements BlockStore {
  private final BlockStore behind;
  int changesLeft;

  BreakingStore(BlockStore behind, int changes) {
    this.behind = behind;
    this.changesLeft = changes;
  }

  private Future<Void> change(Supplier<Future<Void>> change) {
    return changesLeft-- > 0
        ? change.get()
        : Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "broken off"));
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    return change(() -> behind.put(blocks));
  }

  @Override
  public Future<Void> delete(List<StoredBlock> blocks) {
    return change(() -> behind.delete(blocks));
  }

  @Override
  public Future<Void> pack(long from, long to) {
    return change(() -> behind.pack(from, to));
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
