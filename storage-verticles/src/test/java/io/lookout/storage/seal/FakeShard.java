package io.lookout.storage.seal;

import io.lookout.storage.shard.SealedWindow;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Windows that wait, and which of them were released. */
final class FakeShard implements WindowSource {
  final ConcurrentSkipListMap<Long, SealedWindow> waiting = new ConcurrentSkipListMap<>();
  final List<Long> released = new CopyOnWriteArrayList<>();

  FakeShard(SealedWindow... windows) {
    for (SealedWindow window : windows) {
      waiting.put(window.start(), window);
    }
  }

  @Override
  public CompletableFuture<List<Long>> sealable(long nowMs) {
    return CompletableFuture.completedFuture(List.copyOf(waiting.keySet()));
  }

  @Override
  public CompletableFuture<SealedWindow> snapshot(long windowStart) {
    SealedWindow window = waiting.get(windowStart);
    return window == null
        ? CompletableFuture.failedFuture(new IllegalStateException("no window " + windowStart))
        : CompletableFuture.completedFuture(window);
  }

  @Override
  public CompletableFuture<Void> release(SealedWindow window) {
    waiting.remove(window.start());
    released.add(window.start());
    return CompletableFuture.completedFuture(null);
  }
}
