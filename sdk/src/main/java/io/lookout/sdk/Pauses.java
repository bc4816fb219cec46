package io.lookout.sdk;

import java.util.random.RandomGenerator;

/**
 * Pauses between tries: twice as long each time, up to a minute, each shortened by chance up to
 * half, so that many processes do not come back at once.
 */
final class Pauses {
  private static final long SHORTEST = 500;
  private static final long LONGEST = 60_000;

  private final RandomGenerator random;
  private long next = SHORTEST;

  Pauses(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param asked by the server, milliseconds; longer than ours wins, within five minutes
   */
  long millis(long asked) {
    long pause = next / 2 + random.nextLong(next / 2 + 1);
    next = Math.min(LONGEST, 2 * next);
    return Math.max(pause, Math.min(asked, 5 * LONGEST));
  }

  void reset() {
    next = SHORTEST;
  }
}
