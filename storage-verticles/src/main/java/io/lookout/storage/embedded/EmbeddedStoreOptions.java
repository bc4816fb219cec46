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
 * @param blockCacheBytes what blocks and where they were found may take in memory
 */
public record EmbeddedStoreOptions(
    String name,
    Path directory,
    Duration rollover,
    int searchThreads,
    int maxQueued,
    long labelCacheBytes,
    long blockCacheBytes) {
  /**
   * The store of a node, rather than a further one beside it.
   *
   * @param cacheBytes what each of the caches may take in memory
   */
  public EmbeddedStoreOptions(
      Path directory, Duration rollover, int searchThreads, int maxQueued, long cacheBytes) {
    this("store", directory, rollover, searchThreads, maxQueued, cacheBytes, cacheBytes);
  }

  public EmbeddedStoreOptions {
    if (rollover.toMillis() < 1_000) {
      throw new IllegalArgumentException("a rollover period of " + rollover + " is too short");
    }
    if (searchThreads < 1 || maxQueued < 1) {
      throw new IllegalArgumentException("searches need threads and a queue");
    }
  }

  /** A further store beside this one, with a quarter of its caches. */
  public EmbeddedStoreOptions of(String otherName, Duration otherRollover) {
    return new EmbeddedStoreOptions(
        otherName,
        directory,
        otherRollover,
        searchThreads,
        maxQueued,
        labelCacheBytes / 4,
        blockCacheBytes / 4);
  }
}
