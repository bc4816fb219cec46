package io.lookout.query.promql.value;

import java.util.Arrays;

/** Quantiles of plain values. */
public final class Quantile {
  private Quantile() {}

  /**
   * The φ-quantile of the first {@code n} values, interpolated between the two nearest; NaN counts
   * as the smallest value. Sorts the values. −Inf for φ below 0, +Inf for φ above 1, NaN for no
   * values.
   */
  public static double of(double phi, double[] values, int n) {
    if (n == 0 || Double.isNaN(phi)) {
      return Double.NaN;
    }
    if (phi < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (phi > 1) {
      return Double.POSITIVE_INFINITY;
    }
    Arrays.sort(values, 0, n);
    int nans = countNansAtEnd(values, n);
    double rank = phi * (n - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(n - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return at(values, nans, lower) * (1 - weight) + at(values, nans, upper) * weight;
  }

  private static int countNansAtEnd(double[] values, int n) {
    int nans = 0;
    while (nans < n && Double.isNaN(values[n - 1 - nans])) {
      nans++;
    }
    return nans;
  }

  /** As if the NaNs, which the sort puts last, came first. */
  private static double at(double[] values, int nans, int i) {
    return i < nans ? Double.NaN : values[i - nans];
  }
}
