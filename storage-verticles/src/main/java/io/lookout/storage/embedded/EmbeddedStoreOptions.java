package io.lookout.storage.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded store works.
 *
 * @param name of its threads and metrics
 * @param directory of the indices, made where it is missing
 * @param rollover how much time one index covers
 * @param searchThreads that select and answer for labels
 * @param maxQueued searches that wait for a thread; at the bound further ones fail with {@code
 *     UNAVAILABLE}
 * @param labelCacheBytes what decoded label tables may take in memory
 */
public record EmbeddedStoreOptions(
    String name,
    Path directory,
    Duration rollover,
    int searchThreads,
    int maxQueued,
    long labelCacheBytes) {
  /** The store of a node, rather than a further one beside it. */
  public EmbeddedStoreOptions(
      Path directory, Duration rollover, int searchThreads, int maxQueued, long labelCacheBytes) {
    this("store", directory, rollover, searchThreads, maxQueued, labelCacheBytes);
  }

  public EmbeddedStoreOptions {
    if (rollover.toMillis() < 1_000) {
      throw new IllegalArgumentException("a rollover period of " + rollover + " is too short");
    }
    if (searchThreads < 1 || maxQueued < 1) {
      throw new IllegalArgumentException("searches need threads and a queue");
    }
  }
}
