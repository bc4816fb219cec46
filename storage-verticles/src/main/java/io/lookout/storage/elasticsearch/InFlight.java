package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs so many at a time; what comes on top waits for its turn. Thread-safe. */
final class InFlight {
  private final int max;
  private final AtomicInteger running;
  private final AtomicInteger waiting;
  private final Deque<Promise<Void>> queue = new ArrayDeque<>();

  InFlight(int max, AtomicInteger running, AtomicInteger waiting) {
    this.max = max;
    this.running = running;
    this.waiting = waiting;
  }

  <T> Future<T> run(Supplier<Future<T>> work) {
    return turn().compose(ours -> work.get()).onComplete(done -> next());
  }

  private synchronized Future<Void> turn() {
    if (running.get() < max) {
      running.incrementAndGet();
      return Future.succeededFuture();
    }
    Promise<Void> turn = Promise.promise();
    queue.add(turn);
    waiting.incrementAndGet();
    return turn.future();
  }

  private void next() {
    @Nullable Promise<Void> turn;
    synchronized (this) {
      turn = queue.poll();
      if (turn == null) {
        running.decrementAndGet();
        return;
      }
      waiting.decrementAndGet();
    }
    turn.complete();
  }
}
