package io.lookout.model.histogram;

/**
 * Summation with Neumaier's compensation: {@code sum + compensation} is the sum with the bits that
 * plain addition loses. A sum that has become infinite has none.
 */
public final class KahanSum {
  private KahanSum() {}

  /**
   * The compensation after {@code sum} has been increased. The new sum itself is {@code sum +
   * increment}.
   *
   * @param compensation of all additions before
   */
  public static double compensation(double sum, double increment, double compensation) {
    double total = sum + increment;
    if (Double.isInfinite(total)) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(increment)
        ? compensation + ((sum - total) + increment)
        : compensation + ((increment - total) + sum);
  }
}
