package io.lookout.model.histogram;

import java.util.Arrays;

/** Equality as PromQL's {@code ==} sees it. */
public final class HistogramEquality {
  private HistogramEquality() {}

  /**
   * Whether two histograms hold the same, bit by bit, in the same schema and the same zero bucket.
   * Empty buckets and counter reset hints make no difference.
   */
  public static boolean sameContent(NativeHistogram a, NativeHistogram b) {
    return a.equals(b) || sameCompact(HistogramLayout.compact(a), HistogramLayout.compact(b));
  }

  private static boolean sameCompact(NativeHistogram a, NativeHistogram b) {
    return a.schema() == b.schema()
        && same(a.count(), b.count())
        && same(a.sum(), b.sum())
        && a.zeroThreshold() == b.zeroThreshold()
        && same(a.zeroCount(), b.zeroCount())
        && a.positiveSpans().equals(b.positiveSpans())
        && a.negativeSpans().equals(b.negativeSpans())
        && Arrays.equals(a.positiveBuckets(), b.positiveBuckets())
        && Arrays.equals(a.negativeBuckets(), b.negativeBuckets())
        && Arrays.equals(a.customValues(), b.customValues());
  }

  private static boolean same(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }
}
