package io.lookout.storage.spill;

import java.time.Duration;

/**
 * When the store last took something of this node. A reader that asked the store before that may
 * have missed it. Thread-safe.
 */
final class LastPut {
  /** A put of an earlier process may have been just before this one began. */
  private volatile long nanos = System.nanoTime();

  void now() {
    nanos = System.nanoTime();
  }

  boolean isWithin(long millis) {
    return System.nanoTime() - nanos <= Duration.ofMillis(millis).toNanos();
  }
}
