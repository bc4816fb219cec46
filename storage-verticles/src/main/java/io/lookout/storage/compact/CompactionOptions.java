package io.lookout.storage.compact;

import java.time.Duration;

/**
 * How blocks are compacted.
 *
 * @param span what a compacted block covers, ms; spans begin at multiples of it
 * @param delay after the end of a span, and after the newest of its blocks, ms
 * @param interval between looks
 * @param memory about how many bytes of blocks are read at once
 * @param retention how far back to look, ms
 */
public record CompactionOptions(
    long span, long delay, Duration interval, long memory, long retention) {
  public CompactionOptions {
    if (span < 1_000 || interval.toMillis() < 1 || memory < 1 << 16) {
      throw new IllegalArgumentException("span, interval and memory must be larger");
    }
  }
}
