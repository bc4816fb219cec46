package io.lookout.query.promql.function;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.KahanMean;
import io.lookout.query.promql.value.KahanSum;
import io.lookout.query.promql.value.Quantile;
import io.lookout.query.promql.value.Variance;
import java.util.Arrays;

/** Aggregations over time: {@code sum_over_time} and its like. */
final class OverTimeFunctions {
  private OverTimeFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .range("sum_over_time", OverTimeFunctions::sum)
        .range("avg_over_time", OverTimeFunctions::avg)
        .range("count_over_time", window -> window.floats() + window.histogramCount())
        .range("present_over_time", window -> 1)
        .rangeKeepingName("last_over_time", OverTimeFunctions::last)
        .rangeKeepingName("first_over_time", OverTimeFunctions::first)
        .range("min_over_time", floats(OverTimeFunctions::min))
        .range("max_over_time", floats(OverTimeFunctions::max))
        .range("stdvar_over_time", floats(OverTimeFunctions::variance))
        .range("stddev_over_time", floats(window -> Math.sqrt(variance(window))))
        .range("quantile_over_time", floats(OverTimeFunctions::quantile));
  }

  /** A function of the floats alone, which informs where there are histograms beside them. */
  static RangeFunction floats(RangeFunction function) {
    return window -> {
      if (window.floats() == 0) {
        return Window.ABSENT;
      }
      if (window.histogramCount() > 0) {
        window.site().info(0, AnnotationText.histogramIgnoredInMixedRange(window.metricName()));
      }
      return function.apply(window);
    };
  }

  private static boolean isMixed(Window window) {
    boolean mixed = window.floats() > 0 && window.histogramCount() > 0;
    if (mixed) {
      window.site().warn(0, AnnotationText.mixedFloatsHistograms(window.metricName()));
    }
    return mixed;
  }

  static double sum(Window window) {
    if (isMixed(window)) {
      return Window.ABSENT;
    }
    if (window.floats() == 0) {
      return HistogramsOverTime.sum(window);
    }
    double[] values = window.values;
    double sum = 0;
    double lost = 0;
    for (int i = window.lo; i < window.hi; i++) {
      double next = sum + values[i];
      lost += KahanSum.error(sum, values[i], next);
      sum = next;
    }
    return KahanSum.total(sum, lost);
  }

  private static double avg(Window window) {
    if (isMixed(window)) {
      return Window.ABSENT;
    }
    if (window.floats() == 0) {
      return HistogramsOverTime.avg(window);
    }
    KahanMean mean = new KahanMean();
    mean.start(window.values[window.lo]);
    for (int i = window.lo + 1; i < window.hi; i++) {
      mean.add(window.values[i]);
    }
    return mean.mean();
  }

  private static double min(Window window) {
    double[] values = window.values;
    double min = values[window.lo];
    for (int i = window.lo + 1; i < window.hi; i++) {
      if (values[i] < min || Double.isNaN(min)) {
        min = values[i];
      }
    }
    return min;
  }

  private static double max(Window window) {
    double[] values = window.values;
    double max = values[window.lo];
    for (int i = window.lo + 1; i < window.hi; i++) {
      if (values[i] > max || Double.isNaN(max)) {
        max = values[i];
      }
    }
    return max;
  }

  private static double variance(Window window) {
    Variance variance = new Variance();
    for (int i = window.lo; i < window.hi; i++) {
      variance.add(window.values[i]);
    }
    return variance.variance();
  }

  private static double quantile(Window window) {
    double phi = window.parameter(0);
    if (!(phi >= 0 && phi <= 1)) {
      window.site().warn(0, AnnotationText.invalidQuantile(phi));
    }
    double[] values = Arrays.copyOfRange(window.values, window.lo, window.hi);
    return Quantile.of(phi, values, values.length);
  }

  private static double last(Window window) {
    int f = window.hi - 1;
    int h = window.histogramHi - 1;
    boolean isFloat =
        window.histogramCount() == 0
            || (window.floats() > 0 && window.times[f] > window.histogramTimes[h]);
    return isFloat ? window.values[f] : histogram(window, h);
  }

  private static double first(Window window) {
    int f = window.lo;
    int h = window.histogramLo;
    boolean isFloat =
        window.histogramCount() == 0
            || (window.floats() > 0 && window.times[f] < window.histogramTimes[h]);
    return isFloat ? window.values[f] : histogram(window, h);
  }

  private static double histogram(Window window, int i) {
    NativeHistogram histogram = window.histograms[i];
    return window.histogram(histogram);
  }
}
