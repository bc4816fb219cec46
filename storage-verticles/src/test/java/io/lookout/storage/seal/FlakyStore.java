package io.lookout.storage.seal;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.storage.block.Block;
import io.lookout.storage.store.BlockStore;
import io.lookout.storage.store.ForwardingStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in front of a real one that is away for a number of puts, or takes its time. */
final class FlakyStore extends ForwardingStore {
  final AtomicInteger failuresLeft = new AtomicInteger();
  final AtomicInteger puts = new AtomicInteger();

  final Promise<Void> recovery = Promise.promise();

  /** No put is answered before this is complete. */
  volatile Future<Void> ready = Future.succeededFuture();

  FlakyStore(BlockStore behind) {
    super(behind);
  }

  @Override
  public Future<Void> recovery() {
    return recovery.future();
  }

  /** What fails may have arrived all the same. */
  @Override
  public Future<Void> put(List<Block> blocks) {
    puts.incrementAndGet();
    Future<Void> put = ready.compose(isReady -> store.put(blocks));
    return failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0
        ? put
        : put.compose(done ->
            Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "the store is away")));
  }
}
