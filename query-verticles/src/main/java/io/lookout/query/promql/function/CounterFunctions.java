package io.lookout.query.promql.function;

import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.SeriesSteps;

/** How fast things change: {@code rate}, {@code increase}, {@code delta}, and by the last two. */
final class CounterFunctions {
  private CounterFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .range("rate", window -> change(window, true, true))
        .range("increase", window -> change(window, true, false))
        .range("delta", window -> change(window, false, false))
        .range("irate", window -> lastChange(window, true))
        .range("idelta", window -> lastChange(window, false));
  }

  private static double change(Window window, boolean counter, boolean perSecond) {
    if (window.floats() > 0 && window.histogramCount() > 0) {
      window.site().warn(0, AnnotationText.mixedFloatsHistograms(window.metricName()));
      return Window.ABSENT;
    }
    if (window.histogramCount() > 0) {
      return HistogramChange.of(window, counter, perSecond);
    }
    double result =
        window.mode == SelectorMode.PLAIN
            ? extrapolated(window, counter, perSecond)
            : EdgeChange.of(window, counter, perSecond);
    return noted(window, counter, result);
  }

  /** The result; informs once a series where a counter function is given no counter. */
  static double noted(Window window, boolean counter, double result) {
    if (counter && !window.noted && !SeriesSteps.isAbsent(result)) {
      noteNonCounter(window);
    }
    return result;
  }

  private static double extrapolated(Window window, boolean counter, boolean perSecond) {
    int lo = window.lo;
    int last = window.hi - 1;
    if (last <= lo) {
      return Window.ABSENT;
    }
    double[] values = window.values;
    double result = counter ? counted(window) : values[last] - values[lo];
    long first = window.times[lo];
    long end = window.times[last];
    return result
        * Extrapolation.factor(
            window, first, end, last - lo, counter, values[lo], result, perSecond);
  }

  /** What a counter counted between the first and the last of at least two floats. */
  static double counted(Window window) {
    int last = window.hi - 1;
    double[] values = window.values;
    double rise = values[last] - values[window.lo];
    // Each reset loses the value just before it.
    int reset = window.nextReset(window.lo);
    while (reset <= last) {
      rise += values[reset - 1];
      reset = window.nextReset(reset);
    }
    return rise;
  }

  /** By the last two samples alone. */
  private static double lastChange(Window window, boolean counter) {
    int floats = window.floats();
    int histograms = window.histogramCount();
    if (histograms > 0 && !(floats >= 2 && lastTwoAreFloats(window))) {
      return lastChangeWithHistograms(window, counter);
    }
    int last = window.hi - 1;
    if (floats < 2) {
      return Window.ABSENT;
    }
    double[] values = window.values;
    double change =
        counter && window.lastReset(last) == last ? values[last] : values[last] - values[last - 1];
    long between = window.times[last] - window.times[last - 1];
    return counter ? change / (between / 1000.0) : change;
  }

  private static boolean lastTwoAreFloats(Window window) {
    return window.times[window.hi - 2] > window.histogramTimes[window.histogramHi - 1];
  }

  private static double lastChangeWithHistograms(Window window, boolean counter) {
    int histograms = window.histogramCount();
    if (histograms >= 2
        && (window.floats() == 0
            || window.histogramTimes[window.histogramHi - 2] > window.times[window.hi - 1])) {
      return HistogramChange.ofLastTwo(window, counter);
    }
    if (window.floats() > 0) {
      window.site().warn(0, AnnotationText.mixedFloatsHistograms(window.metricName()));
    }
    return Window.ABSENT;
  }

  private static void noteNonCounter(Window window) {
    window.noted = true;
    String name = window.metricName();
    if (name.isEmpty() || name.endsWith("_total") || name.endsWith("_sum")) {
      return;
    }
    if (!name.endsWith("_count") && !name.endsWith("_bucket") && !hasCounterType(window)) {
      window.site().info(0, AnnotationText.possibleNonCounter(name));
    }
  }

  private static boolean hasCounterType(Window window) {
    String type = window.labels.valueOf("__type__");
    return window.site().language().has(Feature.TYPE_AND_UNIT_LABELS)
        && (type.equals("counter") || type.equals("histogram"));
  }
}
