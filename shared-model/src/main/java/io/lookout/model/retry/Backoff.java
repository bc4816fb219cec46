package io.lookout.model.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts: twice as long after each failure, up to a bound, and by chance
 * up to half of it less, so that those that failed together do not come back together.
 *
 * @param min after the first failure
 */
public record Backoff(Duration min, Duration max) {
  public Backoff {
    if (min.toMillis() < 1 || max.compareTo(min) < 0) {
      throw new IllegalArgumentException("waits of " + min + " to " + max);
    }
  }

  /** From a tenth of a second, or from {@code max} where that is shorter. */
  public static Backoff upTo(Duration max) {
    Duration min = Duration.ofMillis(100);
    return new Backoff(max.compareTo(min) < 0 ? max : min, max);
  }

  /**
   * Milliseconds to wait.
   *
   * @param failures in a row, at least 1
   */
  public long delay(int failures, RandomGenerator random) {
    long doubled = min.toMillis() << Math.min(failures - 1, 20);
    long longest = Math.min(doubled, max.toMillis());
    return longest - random.nextLong(longest / 2 + 1);
  }
}
