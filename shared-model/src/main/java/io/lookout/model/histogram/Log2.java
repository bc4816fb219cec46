package io.lookout.model.histogram;

/** Logarithms to the base 2, exact for powers of 2. */
final class Log2 {
  private static final double LN2 = Math.log(2);

  private Log2() {}

  static double of(double x) {
    if (x <= 0 || !Double.isFinite(x)) {
      return Math.log(x) / LN2;
    }
    int exponent = Math.getExponent(x);
    double fraction = Math.scalb(x, -exponent);
    return fraction == 1 ? exponent : exponent + Math.log(fraction) / LN2;
  }
}
