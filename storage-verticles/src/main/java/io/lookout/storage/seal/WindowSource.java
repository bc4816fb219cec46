package io.lookout.storage.seal;

import io.lookout.storage.shard.SealedWindow;
import io.lookout.storage.shard.Shard;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where complete windows come from: what the sealer needs of a shard. */
interface WindowSource {
  CompletableFuture<List<Long>> sealable(long nowMs);

  CompletableFuture<SealedWindow> snapshot(long windowStart);

  CompletableFuture<Void> release(SealedWindow window);

  static WindowSource of(Shard shard) {
    return new WindowSource() {
      @Override
      public CompletableFuture<List<Long>> sealable(long nowMs) {
        return shard.sealable(nowMs);
      }

      @Override
      public CompletableFuture<SealedWindow> snapshot(long windowStart) {
        return shard.snapshot(windowStart);
      }

      @Override
      public CompletableFuture<Void> release(SealedWindow window) {
        return shard.release(window);
      }
    };
  }
}
