package io.lookout.ingest.route;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that this node has taken from senders and not yet answered for. The event bus has no
 * back-pressure; this is it. Thread-safe.
 */
public final class InFlight {
  private final long limit;
  private final AtomicLong bytes = new AtomicLong();

  public InFlight(long limit) {
    this.limit = limit;
  }

  /**
   * Takes so many bytes more. What is larger than the limit is taken when nothing else is in
   * flight.
   *
   * @throws LookoutException {@code UNAVAILABLE} at the limit
   */
  public void acquire(long n) {
    long now = bytes.addAndGet(n);
    if (now > limit && now != n) {
      bytes.addAndGet(-n);
      throw new LookoutException(
          ErrorCode.UNAVAILABLE,
          "too much in flight: " + (now - n) + " bytes wait for storage, limit " + limit);
    }
  }

  public void release(long n) {
    bytes.addAndGet(-n);
  }

  public long bytes() {
    return bytes.get();
  }
}
