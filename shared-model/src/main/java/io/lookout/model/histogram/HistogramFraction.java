package io.lookout.model.histogram;

/** Estimates which part of the observations lies in an interval, as {@link HistogramQuantile}. */
public final class HistogramFraction {
  private final NativeHistogram h;
  private final BucketTable buckets;

  private HistogramFraction(NativeHistogram h) {
    this.h = h;
    this.buckets = BucketTable.of(h);
  }

  /**
   * A fraction.
   *
   * @param nansExcluded whether there are observations of NaN, which lie in no interval
   */
  public record Result(double value, boolean nansExcluded) {}

  /**
   * The fraction of observations between two values; NaN without observations and for NaN.
   *
   * @param lower −Inf for all up to {@code upper}
   * @param upper +Inf for all from {@code lower} on
   */
  public static Result of(double lower, double upper, NativeHistogram h) {
    if (h.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return new Result(Double.NaN, false);
    }
    if (lower >= upper) {
      return new Result(0, false);
    }
    return new HistogramFraction(h).between(lower, upper);
  }

  private Result between(double lower, double upper) {
    boolean nans = false;
    double all = h.count();
    if (Double.isNaN(h.sum())) {
      all = buckets.total();
      nans = all < h.count();
    }
    double from = Math.min(rank(lower, all), all);
    double to = Math.min(rank(upper, all), all);
    return new Result((to - from) / h.count(), nans);
  }

  /** How many observations are estimated to lie below a value. */
  private double rank(double value, double all) {
    double rank = 0;
    for (int i = 0; i < buckets.size(); i++) {
      double low = buckets.lower(i);
      double high = buckets.upper(i);
      boolean zeroBucket = low <= 0 && high >= 0;
      if (zeroBucket && h.negativeBuckets().length == 0 && h.positiveBuckets().length > 0) {
        low = 0;
      } else if (zeroBucket && h.positiveBuckets().length == 0 && h.negativeBuckets().length > 0) {
        high = 0;
      }
      if (low >= value) {
        return rank;
      }
      if (high > value) {
        return h.hasCustomBuckets() || zeroBucket
            ? linear(rank, buckets.count(i), low, high, value)
            : exponential(rank, buckets.count(i), low, high, value);
      }
      rank += buckets.count(i);
    }
    return all;
  }

  /** A bucket without lower end counts as if all of it were below. */
  private static double linear(double rank, double count, double low, double high, double value) {
    return low == Double.NEGATIVE_INFINITY ? count : rank + count * (value - low) / (high - low);
  }

  private static double exponential(
      double rank, double count, double low, double high, double value) {
    double logLow = Log2.of(Math.abs(low));
    double logHigh = Log2.of(Math.abs(high));
    double logValue = Log2.of(Math.abs(value));
    double fraction =
        value > 0
            ? (logValue - logLow) / (logHigh - logLow)
            : 1 - (logValue - logHigh) / (logLow - logHigh);
    return rank + count * fraction;
  }
}
