package io.lookout.storage.shard;

import io.lookout.storage.head.HeadOptions;
import io.lookout.storage.wal.WalSync;
import java.time.Duration;

/**
 * How a shard works.
 *
 * @param window length of a window; windows begin at multiples of it
 * @param sealDelay how long after its end a window is complete, so that stragglers are in it
 * @param lateDelay how long samples for a window that is past are collected at most before they
 *     become a part of it, where they keep coming; where they stop, a few seconds are enough
 * @param walSync when a write counts as durable
 * @param walSyncInterval how often the log is forced to disk under {@link WalSync#INTERVAL}
 * @param walSegmentBytes when the log begins a new segment
 * @param walReserveBytes of the disk that are left for what moves windows to the block store
 * @param maxQueuedBytes writes that wait; at the bound further ones fail with {@code UNAVAILABLE}
 * @param maxExemplars exemplars kept, the newest
 * @param maxMetadata metric families whose metadata is kept, for each tenant
 * @param maxSideBytes what samples that came out of order may take before they are packed
 * @param maxLateBytes what samples of windows that are past may take before all of these are
 *     complete
 * @param zerosAtStart whether a sample that tells when its series started puts a zero there
 * @param maxPatternValues label values of each tenant of which is remembered what expression
 *     accepts them
 */
public record ShardOptions(
    Duration window,
    Duration sealDelay,
    Duration lateDelay,
    WalSync walSync,
    Duration walSyncInterval,
    long walSegmentBytes,
    long walReserveBytes,
    long maxQueuedBytes,
    int maxExemplars,
    int maxMetadata,
    long maxSideBytes,
    long maxLateBytes,
    boolean zerosAtStart,
    int maxPatternValues) {

  /** Two-hour windows, sealed ten minutes after their end, 64 MiB segments. */
  public static final ShardOptions DEFAULTS =
      new ShardOptions(
          Duration.ofHours(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          WalSync.OS,
          Duration.ofSeconds(1),
          64L << 20,
          0,
          64L << 20,
          10_000,
          20_000,
          32L << 20,
          128L << 20,
          false,
          200_000);

  public ShardOptions {
    if (window.toMillis() < 1_000 || window.toDays() > 20) {
      throw new IllegalArgumentException("a window of " + window);
    }
    if (walSegmentBytes < 1 << 10 || walReserveBytes < 0 || maxQueuedBytes < 1) {
      throw new IllegalArgumentException("segments and queue need room");
    }
  }

  HeadOptions head() {
    return new HeadOptions(
        window.toMillis(), maxExemplars, maxMetadata, maxSideBytes, maxPatternValues);
  }
}
