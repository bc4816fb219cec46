package io.lookout.model.histogram;

/**
 * Where buckets begin and end. An exponential bucket of index {@code i} reaches from the bound of
 * {@code i − 1} to that of {@code i}; bound 0 is 1 in every schema. A custom bucket of index {@code
 * i} ends at the listed bound {@code i}, the one after the last at +Inf.
 */
public final class BucketBounds {
  private static final int MAX_EXPONENT = 1024;
  private static final double[][] FRACTIONS = fractions();

  private BucketBounds() {}

  /** The absolute upper bound of a bucket; the lower one is that of the index before. */
  public static double upper(NativeHistogram h, int index) {
    return h.hasCustomBuckets() ? custom(h.customValues(), index) : exponential(index, h.schema());
  }

  /** The absolute lower bound of a bucket. */
  public static double lower(NativeHistogram h, int index) {
    return upper(h, index - 1);
  }

  private static double custom(double[] bounds, int index) {
    if (index < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
  }

  /**
   * 2^(index · 2^−schema). The last bucket of finite numbers ends at the largest double, so that
   * infinite observations have the next one for themselves.
   */
  static double exponential(int index, int schema) {
    if (schema < 0) {
      long exponent = (long) index << -schema;
      return exponent == MAX_EXPONENT ? Double.MAX_VALUE : scale(1, exponent);
    }
    double fraction = FRACTIONS[schema][index & ((1 << schema) - 1)];
    long exponent = (index >> schema) + 1L;
    return fraction == 0.5 && exponent == MAX_EXPONENT + 1
        ? Double.MAX_VALUE
        : scale(fraction, exponent);
  }

  private static double scale(double fraction, long exponent) {
    return Math.scalb(fraction, Math.clamp(exponent, -3000, 3000));
  }

  /** Index in a coarser schema of the bucket that holds a given one. */
  static int coarser(int index, int schema, int target) {
    return ((index - 1) >> (schema - target)) + 1;
  }

  /**
   * The bounds in [0.5, 1) for each schema from 0 up. Every second one is taken from the schema
   * before, so that a bound is the same number in all schemas that have it.
   */
  private static double[][] fractions() {
    double[][] all = new double[9][];
    all[0] = new double[] {0.5};
    for (int schema = 1; schema < all.length; schema++) {
      double[] bounds = new double[1 << schema];
      double factor = exp2(Math.scalb(1.0, -schema));
      for (int i = 0; i < bounds.length; i++) {
        bounds[i] = i % 2 == 0 ? all[schema - 1][i / 2] : bounds[i - 1] * factor;
      }
      all[schema] = bounds;
    }
    return all;
  }

  /**
   * 2^x for x in (0, 1) by fdlibm's polynomial: clients and Prometheus compute their bounds with
   * it, and {@link Math#pow} differs from it in the last bit.
   */
  private static double exp2(double x) {
    int k = (int) (x + 0.5);
    double t = x - k;
    double hi = t * 0.6931471803691238;
    double lo = -t * 1.9082149292705877E-10;
    double r = hi - lo;
    double s = r * r;
    double p = 6.613756321437934E-5;
    p += s * (-1.6533902205465252E-6 + s * 4.1381367970572385E-8);
    double c = r - s * (0.16666666666666666 + s * (-0.0027777777777015593 + s * p));
    return Math.scalb(1 - ((lo - (r * c) / (2 - c)) - hi), k);
  }
}
