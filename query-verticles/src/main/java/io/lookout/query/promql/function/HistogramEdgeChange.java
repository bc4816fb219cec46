package io.lookout.query.promql.function;

import io.lookout.model.histogram.HistogramArithmetic;
import io.lookout.model.histogram.HistogramSum;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.value.AnnotationText;

/** {@link EdgeChange} over native histograms. */
final class HistogramEdgeChange {
  private HistogramEdgeChange() {}

  static double of(Window window, boolean counter, boolean perSecond) {
    boolean smoothed = window.mode == SelectorMode.SMOOTHED;
    long[] times = window.histogramTimes;
    int lo = window.histogramLo;
    int hi = window.histogramHi;
    int first = EdgeChange.firstIndex(times, lo, hi, window.start);
    int last = smoothed ? EdgeChange.lastIndex(times, lo, hi, window.end) : hi - 1;
    if (times[last] <= window.start || times[first] > window.end) {
      return Window.ABSENT;
    }
    int misfit = misfit(window.histograms, first, last);
    if (counter) {
      HistogramChange.noteHints(window, first, misfit - 1, true);
    }
    if (misfit <= last) {
      window.site().warn(0, AnnotationText.mixedExponentialCustomHistograms(window.metricName()));
      return Window.ABSENT;
    }
    boolean leftBetween = smoothed && times[first] < window.start && first < last;
    boolean rightBetween = smoothed && last > first && times[last] > window.end;
    NativeHistogram left =
        leftBetween ? between(window, first, window.start, counter) : window.histograms[first];
    NativeHistogram right =
        rightBetween ? between(window, last - 1, window.end, counter) : window.histograms[last];
    if (!counter) {
      HistogramChange.noteNonGauge(window, left, right);
    }
    HistogramSum change = new HistogramSum(right);
    change.subtract(left);
    HistogramChange.note(window, change, "subtraction");
    if (counter) {
      // A reset before the sample that follows the left edge is in the value at the edge already.
      int start = leftBetween ? first + 1 : first;
      NativeHistogram[] histograms = window.histograms;
      HistogramChange.addResets(histograms, histograms[start], start + 1, last, change);
      HistogramChange.note(window, change, "addition");
    }
    NativeHistogram result = change.plainResult().with(CounterReset.GAUGE);
    return window.histogram(
        perSecond ? HistogramArithmetic.divide(result, window.range() / 1000.0) : result);
  }

  /** The first that cannot be combined with those before it; after the last where all can. */
  private static int misfit(NativeHistogram[] histograms, int first, int last) {
    int i = first + 1;
    while (i <= last && histograms[i].hasCustomBuckets() == histograms[first].hasCustomBuckets()) {
      i++;
    }
    return i;
  }

  private static NativeHistogram between(Window window, int i, long time, boolean counter) {
    double fraction =
        (double) (time - window.histogramTimes[i])
            / (window.histogramTimes[i + 1] - window.histogramTimes[i]);
    return Interpolation.between(
        window.histograms[i],
        window.histograms[i + 1],
        fraction,
        counter,
        operation -> window.site().info(0, AnnotationText.mismatchedCustomBuckets(operation)));
  }
}
