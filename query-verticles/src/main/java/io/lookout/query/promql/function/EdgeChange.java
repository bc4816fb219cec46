package io.lookout.query.promql.function;

import io.lookout.query.promql.ast.SelectorMode;

/**
 * {@code rate}, {@code increase} and {@code delta} over ranges that are {@code anchored} (the
 * values at the edges are those of the last samples at or before them) or {@code smoothed} (they
 * lie on the line between the samples around them).
 */
final class EdgeChange {
  private EdgeChange() {}

  static double of(Window window, boolean counter, boolean perSecond) {
    boolean smoothed = window.mode == SelectorMode.SMOOTHED;
    int first = firstIndex(window.times, window.lo, window.hi, window.start);
    int last = smoothed ? lastIndex(window.times, window.lo, window.hi, window.end) : window.hi - 1;
    if (window.floats() == 0
        || window.times[last] <= window.start
        || window.times[first] > window.end) {
      return Window.ABSENT;
    }
    double left = left(window, first, smoothed, counter);
    double right = right(window, last, smoothed, counter);
    double change = right - left;
    if (counter) {
      change += resets(window.values, left, right, first, last);
    }
    return perSecond ? change / (window.range() / 1000.0) : change;
  }

  /** The last sample at or before the start, or the first of all. */
  static int firstIndex(long[] times, int lo, int hi, long start) {
    int i = lo;
    while (i < hi - 1 && times[i] <= start) {
      i++;
    }
    return Math.max(lo, i - 1);
  }

  /** The first sample at or after the end, or the last of all. */
  static int lastIndex(long[] times, int lo, int hi, long end) {
    int i = lo;
    while (i < hi - 1 && times[i] < end) {
      i++;
    }
    return i;
  }

  private static double left(Window window, int first, boolean smoothed, boolean counter) {
    return smoothed && window.times[first] < window.start && first + 1 < window.hi
        ? between(window, first, window.start, counter)
        : window.values[first];
  }

  private static double right(Window window, int last, boolean smoothed, boolean counter) {
    return smoothed && last > window.lo && window.times[last] > window.end
        ? between(window, last - 1, window.end, counter)
        : window.values[last];
  }

  private static double between(Window window, int i, long time, boolean counter) {
    return Interpolation.between(
        window.times[i],
        window.values[i],
        window.times[i + 1],
        window.values[i + 1],
        time,
        counter);
  }

  private static double resets(double[] values, double left, double right, int first, int last) {
    double lost = 0;
    double previous = left;
    for (int i = first + 1; i < last; i++) {
      if (values[i] < previous) {
        lost += previous;
      }
      previous = values[i];
    }
    return right < previous ? lost + previous : lost;
  }
}
