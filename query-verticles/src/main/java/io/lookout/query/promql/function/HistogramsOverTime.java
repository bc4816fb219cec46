package io.lookout.query.promql.function;

import io.lookout.model.histogram.HistogramMean;
import io.lookout.model.histogram.HistogramSum;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.AnnotationText;

/** Sum and average of the histograms in a window. */
final class HistogramsOverTime {
  private HistogramsOverTime() {}

  static double sum(Window window) {
    HistogramSum sum = new HistogramSum(window.histograms[window.histogramLo]);
    for (int i = window.histogramLo + 1; i < window.histogramHi; i++) {
      NativeHistogram histogram = window.histograms[i];
      if (!sum.accepts(histogram)) {
        return incompatible(window);
      }
      sum.add(histogram);
    }
    note(window, sum.resetsConflict(), sum.boundsReconciled());
    return window.histogram(sum.result());
  }

  static double avg(Window window) {
    HistogramMean mean = new HistogramMean(window.histograms[window.histogramLo]);
    for (int i = window.histogramLo + 1; i < window.histogramHi; i++) {
      NativeHistogram histogram = window.histograms[i];
      if (!mean.accepts(histogram)) {
        return incompatible(window);
      }
      mean.add(histogram);
    }
    note(window, mean.resetsConflict(), mean.boundsReconciled());
    return window.histogram(mean.result());
  }

  private static double incompatible(Window window) {
    window.site().warn(0, AnnotationText.mixedExponentialCustomHistograms(window.metricName()));
    return Window.ABSENT;
  }

  private static void note(Window window, boolean resetsConflict, boolean boundsReconciled) {
    if (resetsConflict) {
      window.site().warn(0, AnnotationText.counterResetCollision("aggregation"));
    }
    if (boundsReconciled) {
      window.site().info(0, AnnotationText.mismatchedCustomBuckets("aggregation"));
    }
  }
}
