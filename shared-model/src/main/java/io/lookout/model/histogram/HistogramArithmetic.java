package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.List;

/** What PromQL's operators do with histograms. */
public final class HistogramArithmetic {
  private static final double[] NONE = {};

  private HistogramArithmetic() {}

  /**
   * A sum or a difference, and what had to be given up for it.
   *
   * @param resetsConflict see {@link HistogramSum#resetsConflict}
   * @param boundsReconciled see {@link HistogramSum#boundsReconciled}
   */
  public record Combined(
      NativeHistogram histogram, boolean resetsConflict, boolean boundsReconciled) {}

  /** Whether two histograms can be added or subtracted: both have custom buckets, or neither. */
  public static boolean compatible(NativeHistogram a, NativeHistogram b) {
    return a.hasCustomBuckets() == b.hasCustomBuckets();
  }

  /**
   * {@code a + b}, without empty buckets.
   *
   * @throws IllegalArgumentException where they are not {@linkplain #compatible compatible}
   */
  public static Combined add(NativeHistogram a, NativeHistogram b) {
    HistogramSum sum = new HistogramSum(a);
    sum.add(b);
    return combined(sum);
  }

  /**
   * {@code a − b}, without empty buckets. The counter reset hint is that of a sum: PromQL's
   * operator makes a gauge of it.
   *
   * @throws IllegalArgumentException where they are not {@linkplain #compatible compatible}
   */
  public static Combined subtract(NativeHistogram a, NativeHistogram b) {
    HistogramSum sum = new HistogramSum(a);
    sum.subtract(b);
    return combined(sum);
  }

  private static Combined combined(HistogramSum sum) {
    return new Combined(sum.plainResult(), sum.resetsConflict(), sum.boundsReconciled());
  }

  /** Every count and the sum times a factor; a negative one makes a gauge. */
  public static NativeHistogram multiply(NativeHistogram h, double factor) {
    return scaled(h, factor, 1);
  }

  /** Every count and the sum divided; by 0, no bucket is left but the zero bucket. */
  public static NativeHistogram divide(NativeHistogram h, double divisor) {
    return scaled(h, 1, divisor);
  }

  /** Every count and the sum negated. */
  public static NativeHistogram negate(NativeHistogram h) {
    return multiply(h, -1);
  }

  private static NativeHistogram scaled(NativeHistogram h, double factor, double divisor) {
    boolean empty = divisor == 0;
    return new NativeHistogram(
        h.schema(),
        factor < 0 || divisor < 0 ? CounterReset.GAUGE : h.counterReset(),
        false,
        h.zeroThreshold(),
        h.zeroCount() * factor / divisor,
        h.count() * factor / divisor,
        h.sum() * factor / divisor,
        empty ? List.<Span>of() : h.positiveSpans(),
        empty ? NONE : scaled(h.positiveBuckets(), factor, divisor),
        empty ? List.<Span>of() : h.negativeSpans(),
        empty ? NONE : scaled(h.negativeBuckets(), factor, divisor),
        h.customValues());
  }

  private static double[] scaled(double[] buckets, double factor, double divisor) {
    double[] scaled = new double[buckets.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = buckets[i] * factor / divisor;
    }
    return scaled;
  }
}
