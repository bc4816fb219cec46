package io.lookout.query.promql.function;

import io.lookout.model.histogram.CounterResets;
import io.lookout.model.histogram.HistogramArithmetic;
import io.lookout.model.histogram.HistogramArithmetic.Combined;
import io.lookout.model.histogram.NativeHistogram;
import java.util.function.Consumer;

/** Values between samples. */
public final class Interpolation {
  private Interpolation() {}

  /**
   * On the line between two histograms that can be added; a counter that was reset between them
   * starts at zero.
   *
   * @param fraction 0 at the first, 1 at the second
   * @param reconciled is told the operations for which custom bounds had to be reconciled
   */
  public static NativeHistogram between(
      NativeHistogram first,
      NativeHistogram second,
      double fraction,
      boolean counter,
      Consumer<String> reconciled) {
    if (counter && CounterResets.isReset(first, second)) {
      return HistogramArithmetic.multiply(second, fraction);
    }
    Combined rise = HistogramArithmetic.subtract(second, first);
    if (rise.boundsReconciled()) {
      reconciled.accept("subtraction");
    }
    Combined value =
        HistogramArithmetic.add(HistogramArithmetic.multiply(rise.histogram(), fraction), first);
    if (value.boundsReconciled()) {
      reconciled.accept("addition");
    }
    return value.histogram();
  }

  /** The same of floats. */
  public static double between(
      long time1, double value1, long time2, double value2, long time, boolean counter) {
    double from = counter && value2 < value1 ? 0 : value1;
    return from + (value2 - from) * (time - time1) / (time2 - time1);
  }
}
