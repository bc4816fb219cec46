package io.lookout.query.promql.value;

/**
 * A sum that carries what rounding lost (Kahan's compensation with Neumaier's improvement), in the
 * steps that Prometheus takes, so that results agree.
 */
public final class KahanSum {
  public double sum;

  /** What is to be added to the sum in the end. */
  public double lost;

  public void add(double value) {
    double next = sum + value;
    lost = lost(value, sum, next, lost);
    sum = next;
  }

  /** What rounding lost so far, after {@code next = sum + value}. */
  public static double lost(double value, double sum, double next, double lost) {
    if (Double.isInfinite(next)) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(value)
        ? lost + ((sum - next) + value)
        : lost + ((value - next) + sum);
  }

  /**
   * What rounding lost in {@code next = sum + value}, exactly and without a branch; of no meaning
   * once the sum is not finite, which it then stays.
   */
  public static double error(double sum, double value, double next) {
    double added = next - sum;
    return (sum - (next - added)) + (value - added);
  }

  /** The sum with what was lost. */
  public double total() {
    return total(sum, lost);
  }

  /** The same of a sum kept elsewhere. */
  public static double total(double sum, double lost) {
    return Double.isInfinite(sum) ? sum : sum + lost;
  }
}
