package io.lookout.query.run;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Lets so many queries run at a time; some more wait, the rest is turned away. Thread-safe. */
final class Admission {
  private final int concurrency;
  private final int maxQueued;
  private final Counter rejected;
  private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
  private int running;

  Admission(QuerySettings settings, MeterRegistry meters) {
    this.concurrency = settings.concurrency();
    this.maxQueued = settings.maxQueued();
    this.rejected =
        Counter.builder("lookout.query.rejected")
            .description("Queries turned away because too many were waiting")
            .register(meters);
    Gauge.builder("lookout.query.running", this, Admission::running)
        .description("Queries under way")
        .register(meters);
    Gauge.builder("lookout.query.waiting", this, Admission::waiting)
        .description("Queries that wait for others to end")
        .register(meters);
  }

  synchronized int running() {
    return running;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /** Completes when the query may run; {@link #leave} must follow. Fails where too many wait. */
  synchronized Future<Void> enter() {
    if (running < concurrency) {
      running++;
      return Future.succeededFuture();
    }
    if (waiting.size() >= maxQueued) {
      rejected.increment();
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.UNAVAILABLE,
              "too many queries: query.concurrency ("
                  + concurrency
                  + ") run and query.queue.max ("
                  + maxQueued
                  + ") wait"));
    }
    Promise<Void> turn = Promise.promise();
    waiting.add(turn);
    return turn.future();
  }

  /** A query that was let in has ended: the next one may run. */
  void leave() {
    Promise<Void> next = next();
    if (next != null) {
      next.complete();
    }
  }

  private synchronized @Nullable Promise<Void> next() {
    Promise<Void> next = waiting.poll();
    if (next == null) {
      running--;
    }
    return next;
  }
}
