package io.lookout.storage.compact;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.ForwardingStore;
import io.lookout.storage.store.StoredBlock;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** A real store that takes so many changes and then none, as if its client had died there. */
final class BreakingStore extends ForwardingStore {
  int changesLeft;

  BreakingStore(BlockStore behind, int changes) {
    super(behind);
    this.changesLeft = changes;
  }

  private Future<Void> change(Supplier<Future<Void>> change) {
    return changesLeft-- > 0
        ? change.get()
        : Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "broken off"));
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    return change(() -> store.put(blocks));
  }

  @Override
  public Future<Void> delete(List<StoredBlock> blocks) {
    return change(() -> store.delete(blocks));
  }

  @Override
  public Future<Void> pack(long from, long to) {
    return change(() -> store.pack(from, to));
  }
}
