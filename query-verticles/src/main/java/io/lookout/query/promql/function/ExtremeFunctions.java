package io.lookout.query.promql.function;

import io.lookout.query.promql.value.Quantile;
import java.util.Arrays;

/**
 * When the first, last, smallest, largest sample was; and how far samples are from their median.
 */
final class ExtremeFunctions {
  private ExtremeFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .range("ts_of_first_over_time", ExtremeFunctions::first)
        .range("ts_of_last_over_time", ExtremeFunctions::last)
        .range("ts_of_min_over_time", OverTimeFunctions.floats(ExtremeFunctions::min))
        .range("ts_of_max_over_time", OverTimeFunctions.floats(ExtremeFunctions::max))
        .range("mad_over_time", OverTimeFunctions.floats(ExtremeFunctions::deviation));
  }

  private static double first(Window window) {
    long time = window.floats() > 0 ? window.times[window.lo] : Long.MAX_VALUE;
    if (window.histogramCount() > 0) {
      time = Math.min(time, window.histogramTimes[window.histogramLo]);
    }
    return time / 1000.0;
  }

  private static double last(Window window) {
    long time = window.floats() > 0 ? window.times[window.hi - 1] : Long.MIN_VALUE;
    if (window.histogramCount() > 0) {
      time = Math.max(time, window.histogramTimes[window.histogramHi - 1]);
    }
    return time / 1000.0;
  }

  /** Of equal ones the last. */
  private static double min(Window window) {
    double[] values = window.values;
    int min = window.lo;
    for (int i = window.lo + 1; i < window.hi; i++) {
      if (values[i] <= values[min] || Double.isNaN(values[min])) {
        min = i;
      }
    }
    return window.times[min] / 1000.0;
  }

  private static double max(Window window) {
    double[] values = window.values;
    int max = window.lo;
    for (int i = window.lo + 1; i < window.hi; i++) {
      if (values[i] >= values[max] || Double.isNaN(values[max])) {
        max = i;
      }
    }
    return window.times[max] / 1000.0;
  }

  private static double deviation(Window window) {
    double[] values = Arrays.copyOfRange(window.values, window.lo, window.hi);
    double median = Quantile.of(0.5, values, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(window.values[window.lo + i] - median);
    }
    return Quantile.of(0.5, values, values.length);
  }
}
