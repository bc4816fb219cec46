package io.lookout.storage.seal;

import io.lookout.model.retry.Backoff;
import java.time.Duration;

/**
 * How windows are sealed.
 *
 * @param interval between looks for complete windows
 * @param retryMin how long to wait after a failure
 * @param retryMax how long to wait at most, as failures follow each other and the wait doubles
 * @param batchBytes about what is given to the store at once
 */
public record SealOptions(Duration interval, Duration retryMin, Duration retryMax, int batchBytes) {
  public static final SealOptions DEFAULTS =
      new SealOptions(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(1), 8 << 20);

  public SealOptions {
    if (interval.toMillis() < 1 || retryMin.toMillis() < 1 || retryMax.compareTo(retryMin) < 0) {
      throw new IllegalArgumentException("intervals must be positive, and retries ascend");
    }
  }

  /** How long to wait after failures. */
  Backoff backoff() {
    return new Backoff(retryMin, retryMax);
  }
}
