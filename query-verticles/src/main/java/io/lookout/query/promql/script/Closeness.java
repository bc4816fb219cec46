package io.lookout.query.promql.script;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.HistogramLayout;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;

/** Whether values are equal but for rounding. */
final class Closeness {
  private static final double TOLERANCE = 1e-6;

  private Closeness() {}

  /** Relative to the sum of both; NaN equals NaN, a staleness marker only itself. */
  static boolean close(double a, double b) {
    if (SampleColumns.isStale(a) || SampleColumns.isStale(b)) {
      return SampleColumns.isStale(a) && SampleColumns.isStale(b);
    }
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < TOLERANCE * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
  }

  /** Field by field, empty buckets left out; the hint only where the script gives one. */
  static boolean close(ScriptValue.Histogram expected, NativeHistogram actual) {
    if (expected.hinted() && expected.value().counterReset() != actual.counterReset()) {
      return false;
    }
    NativeHistogram a = HistogramLayout.compact(expected.value());
    NativeHistogram b = HistogramLayout.compact(actual);
    return a.schema() == b.schema()
        && close(a.count(), b.count())
        && close(a.sum(), b.sum())
        && a.zeroThreshold() == b.zeroThreshold()
        && close(a.zeroCount(), b.zeroCount())
        && Arrays.equals(a.customValues(), b.customValues())
        && a.positiveSpans().equals(b.positiveSpans())
        && a.negativeSpans().equals(b.negativeSpans())
        && close(a.positiveBuckets(), b.positiveBuckets())
        && close(a.negativeBuckets(), b.negativeBuckets());
  }

  private static boolean close(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (!close(a[i], b[i])) {
        return false;
      }
    }
    return a.length == b.length;
  }
}
