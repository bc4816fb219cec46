package io.lookout.cluster.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the open connections of all servers of the node. Thread-safe. */
final class ConnectionLimit {
  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final Counter refused;

  ConnectionLimit(int max, MeterRegistry meters) {
    this.max = max;
    meters.gauge("lookout.http.connections", open);
    refused = meters.counter("lookout.http.connections.refused");
  }

  /** Each connection that is told here is to be told to {@link #closed} too. */
  void opened(HttpConnection connection) {
    if (!enter()) {
      connection.close();
    }
  }

  /**
   * As {@link #opened}, of a connection that HTTP does not know yet.
   *
   * @return whether it may stay open; counted until {@link #closed} either way
   */
  boolean enter() {
    boolean allowed = open.incrementAndGet() <= max;
    if (!allowed) {
      refused.increment();
    }
    return allowed;
  }

  void closed() {
    open.decrementAndGet();
  }
}
