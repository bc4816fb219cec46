package io.lookout.storage.spill;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockRange;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.ForwardingStore;
import io.lookout.storage.store.StoredBlock;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** A real store that can be taken away and brought back, or made to answer nothing to a put. */
final class AwayStore extends ForwardingStore {
  volatile boolean away;
  volatile boolean silent;

  AwayStore(BlockStore behind) {
    super(behind);
  }

  private <T> Future<T> unlessAway(Supplier<Future<T>> call) {
    return away
        ? Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "the store is away"))
        : call.get();
  }

  @Override
  public Future<Void> put(List<Block> blocks) {
    return silent
        ? io.vertx.core.Promise.<Void>promise().future()
        : unlessAway(() -> store.put(blocks));
  }

  @Override
  public Future<List<SeriesChunks>> select(SelectRequest request) {
    return unlessAway(() -> store.select(request));
  }

  @Override
  public Future<LabelResult> labels(LabelQuery query) {
    return unlessAway(() -> store.labels(query));
  }

  @Override
  public Future<Void> dropBefore(long time) {
    return unlessAway(() -> store.dropBefore(time));
  }

  @Override
  public Future<List<StoredBlock>> list(BlockRange range) {
    return unlessAway(() -> store.list(range));
  }

  @Override
  public Future<List<Block>> fetch(List<StoredBlock> blocks) {
    return unlessAway(() -> store.fetch(blocks));
  }

  @Override
  public Future<Void> delete(List<StoredBlock> blocks) {
    return unlessAway(() -> store.delete(blocks));
  }

  @Override
  public Future<Void> pack(long from, long to) {
    return unlessAway(() -> store.pack(from, to));
  }

  @Override
  public boolean shared() {
    return true;
  }
}
