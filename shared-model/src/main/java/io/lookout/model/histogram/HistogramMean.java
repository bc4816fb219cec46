package io.lookout.model.histogram;

/**
 * The average of histograms: their compensated sum divided by their number, or, before that sum
 * leaves the range of doubles, an average that is carried along and never leaves it.
 */
public final class HistogramMean {
  private final HistogramSum sum;
  private double n = 1;
  private boolean incremental;

  public HistogramMean(NativeHistogram first) {
    sum = new HistogramSum(first);
  }

  /** Whether the other can be averaged with those before. */
  public boolean accepts(NativeHistogram other) {
    return sum.accepts(other);
  }

  /**
   * Adds a histogram.
   *
   * @throws IllegalArgumentException where it is not {@linkplain #accepts accepted}
   */
  public void add(NativeHistogram other) {
    n++;
    if (!incremental && !sum.mayOverflow(other)) {
      sum.add(other);
      return;
    }
    if (!incremental) {
      incremental = true;
      sum.divide(n - 1);
    }
    sum.scale((n - 1) / n);
    sum.add(HistogramArithmetic.divide(other, n));
  }

  /** See {@link HistogramSum#resetsConflict}. */
  public boolean resetsConflict() {
    return sum.resetsConflict();
  }

  /** See {@link HistogramSum#boundsReconciled}. */
  public boolean boundsReconciled() {
    return sum.boundsReconciled();
  }

  /** The average so far. */
  public NativeHistogram result() {
    if (incremental) {
      return sum.result();
    }
    return HistogramArithmetic.divide(sum.result(), n);
  }
}
