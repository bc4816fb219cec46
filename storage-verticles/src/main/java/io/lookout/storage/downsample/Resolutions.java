package io.lookout.storage.downsample;

import io.lookout.model.aggregate.TimePart;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which resolution answers for which time: samples as long as they are kept, unless the
 * answer is the same without them; then the finest aggregates that are kept, or a coarser one where
 * the answer is the same.
 */
public final class Resolutions {
  private final List<Resolution> finestFirst;
  private final Coverage coverage;
  private final long retention;
  private final Clock clock;

  /**
   * @param retention of samples, ms
   */
  public Resolutions(List<Resolution> finestFirst, Coverage coverage, long retention, Clock clock) {
    this.finestFirst = List.copyOf(finestFirst);
    this.coverage = coverage;
    this.retention = retention;
    this.clock = clock;
  }

  /** Without any: all is answered from samples. */
  public static Resolutions none(Clock clock) {
    return new Resolutions(List.of(), new Coverage(1), Long.MAX_VALUE, clock);
  }

  public boolean isEmpty() {
    return finestFirst.isEmpty();
  }

  public List<Resolution> all() {
    return finestFirst;
  }

  public Coverage coverage() {
    return coverage;
  }

  /** The resolution of so many milliseconds, which is one of these. */
  public Resolution of(long millis) {
    return finestFirst.stream().filter(each -> each.millis() == millis).findFirst().orElseThrow();
  }

  /** Samples before this may be gone, ms. */
  public long horizon() {
    return coverage.spanOf(clock.millis() - retention) + coverage.span();
  }

  /**
   * Parts that follow each other and together are the range.
   *
   * @param alignment a resolution that it is a multiple of changes no answer; 0: every one does
   */
  public List<TimePart> parts(long minTime, long maxTime, long alignment) {
    long now = clock.millis();
    List<TimePart> parts = new ArrayList<>();
    long first = coverage.spanOf(Math.max(minTime, now - longest() - 2 * coverage.span()));
    long from = minTime;
    long resolution = 0;
    for (long span = first; span <= Math.min(maxTime, now); span += coverage.span()) {
      long best = best(span, alignment, now);
      if (best != resolution) {
        add(parts, resolution, from, span - 1);
        from = Math.max(from, span);
        resolution = best;
      }
    }
    add(parts, resolution, from, maxTime);
    return parts;
  }

  private static void add(List<TimePart> parts, long resolution, long from, long to) {
    if (from <= to) {
      parts.add(new TimePart(resolution, from, to));
    }
  }

  private long longest() {
    long longest = retention;
    for (Resolution each : finestFirst) {
      longest = Math.max(longest, each.retention());
    }
    return longest;
  }

  private long best(long span, long alignment, long now) {
    boolean kept = span >= horizon();
    if (kept && (alignment <= 0 || !coverage.covers(span))) {
      return 0;
    }
    long finest = 0;
    long same = 0;
    for (Resolution each : finestFirst) {
      if (span + coverage.span() > now - each.retention()) {
        finest = finest == 0 ? each.millis() : finest;
        same = alignment > 0 && alignment % each.millis() == 0 ? each.millis() : same;
      }
    }
    return same != 0 || kept ? same : finest;
  }
}
