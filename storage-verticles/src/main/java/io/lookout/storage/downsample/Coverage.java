package io.lookout.storage.downsample;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * For which spans of time the coarser stores have all that the store of samples has. A span is
 * covered from when that was seen until something is put into it. Thread-safe.
 */
public final class Coverage {
  private final long span;
  private final Set<Long> covered = new HashSet<>();

  /** How often something was put into a span since the start. */
  private final Map<Long, Integer> puts = new HashMap<>();

  private long changes;

  /**
   * @param span ms; spans begin at multiples of it
   */
  public Coverage(long span) {
    this.span = span;
  }

  long span() {
    return span;
  }

  long spanOf(long time) {
    return Math.floorDiv(time, span) * span;
  }

  /** Whether the span that begins there has this time or a later one. */
  public boolean reaches(long spanStart, long time) {
    return spanStart + span > time;
  }

  /** A block of this window comes, or has come. */
  public synchronized void changed(long windowStart) {
    long start = spanOf(windowStart);
    puts.merge(start, 1, Integer::sum);
    if (covered.remove(start)) {
      changes++;
    }
  }

  /** To be handed back to {@link #cover} after the look. */
  synchronized int puts(long spanStart) {
    return puts.getOrDefault(spanStart, 0);
  }

  /** The span was seen to be covered, unless something was put into it since. */
  synchronized void cover(long spanStart, int putsBefore) {
    if (puts(spanStart) == putsBefore) {
      covered.add(spanStart);
    }
  }

  synchronized boolean covers(long spanStart) {
    return covered.contains(spanStart);
  }

  /** How often a span that was covered was not any more: who reads compares before and after. */
  public synchronized long changes() {
    return changes;
  }
}
