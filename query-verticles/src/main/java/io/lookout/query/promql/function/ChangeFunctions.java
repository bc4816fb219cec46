package io.lookout.query.promql.function;

import io.lookout.model.histogram.CounterResets;
import io.lookout.model.histogram.HistogramEquality;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.ast.SelectorMode;
import org.jspecify.annotations.Nullable;

/** How often something happened from one sample to the next: {@code changes} and {@code resets}. */
final class ChangeFunctions {
  private ChangeFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .range("changes", window -> count(window, false))
        .range("resets", window -> count(window, true));
  }

  /** Floats and histograms by time; one after the other is a change and a reset. */
  private static double count(Window window, boolean resets) {
    long from = window.mode == SelectorMode.ANCHORED ? window.start : Long.MIN_VALUE;
    int f = window.lo;
    int h = window.histogramLo;
    int count = 0;
    boolean floatBefore = false;
    NativeHistogram previous = null;
    boolean first = true;
    long last = Long.MIN_VALUE;
    while (f < window.hi || h < window.histogramHi) {
      boolean isFloat =
          h == window.histogramHi || (f < window.hi && window.times[f] < window.histogramTimes[h]);
      NativeHistogram current = isFloat ? null : window.histograms[h];
      last = isFloat ? window.times[f] : window.histogramTimes[h];
      // An anchored range begins with the value at its start, whenever that was taken.
      if (!first && last > from) {
        boolean floats = isFloat && floatBefore;
        boolean happened =
            floats
                ? floatHappened(window, f, resets)
                : histogramHappened(previous, current, resets);
        count += happened ? 1 : 0;
      }
      first = false;
      previous = current;
      floatBefore = isFloat;
      f += isFloat ? 1 : 0;
      h += isFloat ? 0 : 1;
    }
    return last > from ? count : Window.ABSENT;
  }

  private static boolean floatHappened(Window window, int i, boolean resets) {
    if (resets) {
      return window.lastReset(i) == i;
    }
    double a = window.values[i - 1];
    double b = window.values[i];
    return a != b && !(Double.isNaN(a) && Double.isNaN(b));
  }

  private static boolean histogramHappened(
      @Nullable NativeHistogram previous, @Nullable NativeHistogram current, boolean resets) {
    if (previous == null || current == null) {
      return true;
    }
    return resets
        ? CounterResets.isReset(previous, current)
        : !HistogramEquality.sameContent(previous, current);
  }
}
