package io.lookout.storage.elasticsearch;

import io.lookout.model.retry.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * One host and how it has answered lately. A host that fails is left alone for a while, twice as
 * long each time, with jitter so that the nodes of a cluster do not come back in step. Thread-safe.
 * Times are of a clock that never steps back, ms.
 */
final class Host {
  private static final Backoff RESTS = Backoff.upTo(Duration.ofSeconds(30));

  private final EngineUrl url;
  private final RandomGenerator random;
  private int failures;
  private long restsUntil = Long.MIN_VALUE;
  private String trouble = "";

  Host(EngineUrl url, RandomGenerator random) {
    this.url = url;
    this.random = random;
  }

  EngineUrl url() {
    return url;
  }

  /** How long it is left alone still; not positive: it may be asked. */
  synchronized long restMs(long now) {
    return failures == 0 ? 0 : restsUntil - now;
  }

  /** One request finds out whether it is back; others are not to wait for the same. */
  synchronized void asked(long now) {
    if (failures > 0) {
      restsUntil = now + RESTS.delay(failures, random);
    }
  }

  synchronized void answered() {
    failures = 0;
    trouble = "";
  }

  synchronized void failed(String why, long now) {
    failures++;
    trouble = why;
    restsUntil = now + RESTS.delay(failures, random);
  }

  synchronized boolean isUp() {
    return failures == 0;
  }

  /** What is wrong with it, for people; empty where nothing is. */
  synchronized String trouble() {
    return trouble;
  }
}
