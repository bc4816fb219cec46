package io.lookout.ingest.relay;

import java.util.random.RandomGenerator;

/**
 * Pauses between tries: each twice as long as the one before, up to a bound, and shortened by
 * chance up to half, so that many senders do not come back at the same moment.
 */
final class Pauses {
  private static final long SHORTEST = 100;

  private final RandomGenerator random;
  private final long longest;
  private long next = SHORTEST;

  Pauses(RandomGenerator random, long longest) {
    this.random = random;
    this.longest = Math.max(longest, SHORTEST);
  }

  /**
   * @param asked by the target, milliseconds; obeyed up to ten times our own longest pause
   */
  long next(long asked) {
    long pause = next / 2 + random.nextLong(next / 2 + 1);
    next = Math.min(longest, 2 * next);
    return Math.max(pause, Math.min(asked, 10 * longest));
  }

  void reset() {
    next = SHORTEST;
  }
}
