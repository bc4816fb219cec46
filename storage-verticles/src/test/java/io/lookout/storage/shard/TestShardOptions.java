package io.lookout.storage.shard;

import java.time.Duration;

/** Options of shards for tests. */
public final class TestShardOptions {
  private TestShardOptions() {}

  /** The defaults, but windows are sealed as soon as they end. */
  public static ShardOptions withoutDelay() {
    ShardOptions d = ShardOptions.DEFAULTS;
    return new ShardOptions(
        d.window(),
        Duration.ZERO,
        Duration.ZERO,
        d.walSync(),
        d.walSyncInterval(),
        d.walSegmentBytes(),
        d.walReserveBytes(),
        d.maxQueuedBytes(),
        d.maxExemplars(),
        d.maxMetadata(),
        d.maxSideBytes(),
        d.maxLateBytes(),
        d.zerosAtStart(),
        d.maxPatternValues());
  }
}
