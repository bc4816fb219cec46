package io.lookout.storage.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded store works.
 *
 * @param directory of the indices, made where it is missing
 * @param rollover how much time one index covers
 * @param searchThreads that select and answer for labels
 * @param maxQueued searches that wait for a thread; at the bound further ones fail with {@code
 *     UNAVAILABLE}
 * @param labelCacheBytes what decoded label tables may take in memory
 */
public record EmbeddedStoreOptions(
    Path directory, Duration rollover, int searchThreads, int maxQueued, long labelCacheBytes) {
  public EmbeddedStoreOptions {
    if (rollover.toMillis() < 1_000) {
      throw new IllegalArgumentException("a rollover period of " + rollover + " is too short");
    }
    if (searchThreads < 1 || maxQueued < 1) {
      throw new IllegalArgumentException("searches need threads and a queue");
    }
  }
}
