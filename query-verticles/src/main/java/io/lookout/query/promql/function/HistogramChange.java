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
    double factor =
        Extrapolation.factor(
            window,
            times[first],
            times[last],
            last - first,
            counter,
            window.histograms[first].count(),
            change.count(),
            perSecond);
    return window.histogram(HistogramArithmetic.multiply(change, factor));
  }

  /** Between the first and the last sample; null where they do not fit together. */
  private static @Nullable NativeHistogram change(Window window, boolean counter) {
    NativeHistogram[] histograms = window.histograms;
    int lo = window.histogramLo;
    int last = window.histogramHi - 1;
    NativeHistogram end = histograms[last];
    // What was before a reset right after the first sample does not matter, nor does its layout.
    boolean firstCounts = !counter || !CounterResets.isReset(histograms[lo], histograms[lo + 1]);
    NativeHistogram start =
        firstCounts ? histograms[lo] : HistogramLayout.emptyLike(histograms[lo + 1]);
    if (!fit(window, start, end, counter)) {
      window.site().warn(0, AnnotationText.mixedExponentialCustomHistograms(window.metricName()));
      return null;
    }
    noteHints(window, lo, last, counter);
    HistogramSum sum = new HistogramSum(counter ? coarsened(histograms, lo + 1, last) : end);
    sum.subtract(start);
    note(window, sum, "subtraction");
    if (counter) {
      addResets(histograms, start, lo + 1, last, sum);
      note(window, sum, "addition");
    }
    // Uncompensated, as in Prometheus: what cancels must be 0 in both.
    return sum.plainResult().with(CounterReset.GAUGE);
  }

  /** Whether custom buckets meet no others. Says what is known of the ends where they do. */
  private static boolean fit(
      Window window, NativeHistogram start, NativeHistogram end, boolean counter) {
    boolean custom = end.hasCustomBuckets();
    if (start.hasCustomBuckets() != custom) {
      if (counter) {
        noteEnds(window);
      }
      return false;
    }
    for (int i = window.histogramLo + 1; counter && i < window.histogramHi; i++) {
      if (window.histograms[i].hasCustomBuckets() != custom) {
        return false;
      }
    }
    return true;
  }

  private static void noteEnds(Window window) {
    if (isGauge(window.histograms[window.histogramLo])
        || isGauge(window.histograms[window.histogramHi - 1])) {
      window.site().warn(0, AnnotationText.nativeHistogramNotCounter(window.metricName()));
    }
  }

  /** The last histogram in the coarsest schema of those from {@code first} on. */
  private static NativeHistogram coarsened(NativeHistogram[] histograms, int first, int last) {
    int schema = histograms[last].schema();
    for (int i = first; i < last; i++) {
      schema = Math.min(schema, histograms[i].schema());
    }
    NativeHistogram end = histograms[last];
    return end.hasCustomBuckets() ? end : HistogramLayout.coarsen(end, schema);
  }

  /**
   * Adds what each reset lost.
   *
   * @param start the histogram before that at {@code first}
   */
  static void addResets(
      NativeHistogram[] histograms, NativeHistogram start, int first, int last, HistogramSum sum) {
    NativeHistogram previous = start;
    for (int i = first; i <= last; i++) {
      if (CounterResets.isReset(previous, histograms[i])) {
        sum.add(previous);
      }
      previous = histograms[i];
    }
  }

  /** Tells of bounds that the operation before had to reconcile. */
  static void note(Window window, HistogramSum sum, String operation) {
    if (sum.takeBoundsReconciled()) {
      window.site().info(0, AnnotationText.mismatchedCustomBuckets(operation));
    }
  }

  /** Warns where a counter is a gauge, or a gauge is none. */
  static void noteHints(Window window, int first, int last, boolean counter) {
    NativeHistogram[] histograms = window.histograms;
    if (!counter) {
      noteNonGauge(window, histograms[first], histograms[last]);
      return;
    }
    for (int i = first; i <= last; i++) {
      if (isGauge(histograms[i])) {
        window.site().warn(0, AnnotationText.nativeHistogramNotCounter(window.metricName()));
        return;
      }
    }
  }

  static void noteNonGauge(Window window, NativeHistogram first, NativeHistogram last) {
    if (!isGauge(first) || !isGauge(last)) {
      window.site().warn(0, AnnotationText.nativeHistogramNotGauge(window.metricName()));
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
      note(window, sum, "subtraction");
    }
    NativeHistogram change = sum.plainResult().with(CounterReset.GAUGE);
    double seconds = (window.histogramTimes[last] - window.histogramTimes[last - 1]) / 1000.0;
    return window.histogram(counter ? HistogramArithmetic.divide(change, seconds) : change);
  }
}
