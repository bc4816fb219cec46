package io.lookout.query.promql.function;

import io.lookout.model.histogram.CounterResets;
import io.lookout.model.histogram.HistogramArithmetic;
import io.lookout.model.histogram.NativeHistogram;

/** Values between samples. */
public final class Interpolation {
  private Interpolation() {}

  /**
   * On the line between two histograms that can be added; a counter that was reset between them
   * starts at zero.
   *
   * @param fraction 0 at the first, 1 at the second
   */
  public static NativeHistogram between(
      NativeHistogram first, NativeHistogram second, double fraction, boolean counter) {
    NativeHistogram share = HistogramArithmetic.multiply(second, fraction);
    if (counter && CounterResets.isReset(first, second)) {
      return share;
    }
    return HistogramArithmetic.add(HistogramArithmetic.multiply(first, 1 - fraction), share)
        .histogram();
  }

  /** The same of floats. */
  public static double between(
      long time1, double value1, long time2, double value2, long time, boolean counter) {
    double from = counter && value2 < value1 ? 0 : value1;
    return from + (value2 - from) * (time - time1) / (time2 - time1);
  }
}
