package io.lookout.storage.shard;

import java.time.Duration;

/** The defaults, but for what a test is about. */
public final class TestShardOptions {
  private static final ShardOptions DEFAULTS = ShardOptions.DEFAULTS;

  private TestShardOptions() {}

  /** Windows are sealed as soon as they end. */
  public static ShardOptions withoutDelay() {
    return of(DEFAULTS.window(), Duration.ZERO, Duration.ZERO, DEFAULTS.zerosAtStart());
  }

  /** Counters get a zero where they started. */
  static ShardOptions withZeros(Duration window) {
    return of(window, DEFAULTS.sealDelay(), DEFAULTS.lateDelay(), true);
  }

  private static ShardOptions of(
      Duration window, Duration sealDelay, Duration lateDelay, boolean zerosAtStart) {
    return new ShardOptions(
        window,
        sealDelay,
        lateDelay,
        DEFAULTS.walSync(),
        DEFAULTS.walSyncInterval(),
        DEFAULTS.walSegmentBytes(),
        DEFAULTS.walReserveBytes(),
        DEFAULTS.maxQueuedBytes(),
        DEFAULTS.maxExemplars(),
        DEFAULTS.maxMetadata(),
        DEFAULTS.maxSideBytes(),
        DEFAULTS.maxLateBytes(),
        zerosAtStart,
        DEFAULTS.maxPatternValues());
  }
}
