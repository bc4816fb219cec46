package io.lookout.query.promql.function;

import io.lookout.model.histogram.CounterResets;
import io.lookout.model.histogram.HistogramArithmetic;
import io.lookout.model.histogram.HistogramLayout;
import io.lookout.model.histogram.HistogramSum;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.value.AnnotationText;
import org.jspecify.annotations.Nullable;

/** {@code rate} and its like over native histograms. Results are gauges. */
final class HistogramChange {
  private HistogramChange() {}

  static double of(Window window, boolean counter, boolean perSecond) {
    if (window.mode != SelectorMode.PLAIN) {
      return HistogramEdgeChange.of(window, counter, perSecond);
    }
    int first = window.histogramLo;
    int last = window.histogramHi - 1;
    if (last <= first) {
      return Window.ABSENT;
    }
    NativeHistogram change = change(window, counter);
    if (change == null) {
      return Window.ABSENT;
    }
    long[] times = window.histogramTimes;
    double reach =
        Extrapolation.reach(
            window,
            times[first],
            times[last],
            last - first,
            counter,
            window.histograms[first].count(),
            change.count());
    double factor = reach / (times[last] - times[first]);
    double scale = perSecond ? factor / (window.range() / 1000.0) : factor;
    return window.histogram(HistogramArithmetic.multiply(change, scale));
  }

  /** Between the first and the last sample; null where they do not fit together. */
  private static @Nullable NativeHistogram change(Window window, boolean counter) {
    NativeHistogram[] histograms = window.histograms;
    int lo = window.histogramLo;
    int last = window.histogramHi - 1;
    noteHints(window, lo, last, counter);
    // What was before a reset right after the first sample does not matter, nor does its layout.
    boolean firstCounts = !counter || !CounterResets.isReset(histograms[lo], histograms[lo + 1]);
    int first = firstCounts ? lo : lo + 1;
    int schema = fittingSchema(histograms, first, last, counter);
    if (schema == Integer.MIN_VALUE) {
      window.site().warn(0, AnnotationText.mixedExponentialCustomHistograms(window.metricName()));
      return null;
    }
    NativeHistogram end = histograms[last];
    HistogramSum sum =
        new HistogramSum(end.hasCustomBuckets() ? end : HistogramLayout.coarsen(end, schema));
    if (firstCounts) {
      sum.subtract(histograms[lo]);
    }
    note(window, sum, "subtraction", false);
    boolean reconciled = sum.boundsReconciled();
    if (counter) {
      addResets(histograms, first, last, sum);
      note(window, sum, "addition", reconciled);
    }
    return sum.result().with(CounterReset.GAUGE);
  }

  static void addResets(NativeHistogram[] histograms, int first, int last, HistogramSum sum) {
    for (int i = first + 1; i <= last; i++) {
      if (CounterResets.isReset(histograms[i - 1], histograms[i])) {
        sum.add(histograms[i - 1]);
      }
    }
  }

  static void note(Window window, HistogramSum sum, String operation, boolean noted) {
    if (sum.boundsReconciled() && !noted) {
      window.site().info(0, AnnotationText.mismatchedCustomBuckets(operation));
    }
  }

  /** The coarsest schema; {@link Integer#MIN_VALUE} where custom buckets meet others. */
  private static int fittingSchema(
      NativeHistogram[] histograms, int first, int last, boolean counter) {
    int schema = Math.min(histograms[first].schema(), histograms[last].schema());
    boolean custom = histograms[first].hasCustomBuckets();
    for (int i = first + 1; i <= last; i++) {
      if (i < last && !counter) {
        continue;
      }
      if (histograms[i].hasCustomBuckets() != custom) {
        return Integer.MIN_VALUE;
      }
      schema = Math.min(schema, histograms[i].schema());
    }
    return schema;
  }

  /** Warns where a counter is a gauge, or a gauge is none. */
  static void noteHints(Window window, int first, int last, boolean counter) {
    NativeHistogram[] histograms = window.histograms;
    if (!counter) {
      if (!isGauge(histograms[first]) || !isGauge(histograms[last])) {
        window.site().warn(0, AnnotationText.nativeHistogramNotGauge(window.metricName()));
      }
      return;
    }
    for (int i = first; i <= last; i++) {
      if (isGauge(histograms[i])) {
        window.site().warn(0, AnnotationText.nativeHistogramNotCounter(window.metricName()));
        return;
      }
    }
  }

  private static boolean isGauge(NativeHistogram histogram) {
    return histogram.counterReset() == CounterReset.GAUGE;
  }

  /** By the last two samples alone. */
  static double ofLastTwo(Window window, boolean counter) {
    int last = window.histogramHi - 1;
    NativeHistogram before = window.histograms[last - 1];
    NativeHistogram end = window.histograms[last];
    noteHints(window, last - 1, last, counter);
    HistogramSum sum = new HistogramSum(end);
    if (!counter || !CounterResets.isReset(before, end)) {
      if (!sum.accepts(before)) {
        window.site().warn(0, AnnotationText.mixedExponentialCustomHistograms(window.metricName()));
        return Window.ABSENT;
      }
      sum.subtract(before);
      note(window, sum, "subtraction", false);
    }
    NativeHistogram change = sum.result().with(CounterReset.GAUGE);
    double seconds = (window.histogramTimes[last] - window.histogramTimes[last - 1]) / 1000.0;
    return window.histogram(counter ? HistogramArithmetic.divide(change, seconds) : change);
  }
}
