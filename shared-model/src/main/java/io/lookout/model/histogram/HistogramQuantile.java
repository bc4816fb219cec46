package io.lookout.model.histogram;

/**
 * Estimates a quantile. Within a bucket, observations are taken to be spread evenly over the
 * logarithm of their value; in the zero bucket and in custom buckets, over the value itself.
 */
public final class HistogramQuantile {
  private HistogramQuantile() {}

  /** What observations of NaN, which are in the count but in no bucket, did to a result. */
  public enum NanEffect {
    NONE,
    /** The quantile lies among them. */
    RESULT_IS_NAN,
    /** They count as larger than all others. */
    SKEWED_HIGHER
  }

  /** A quantile. */
  public record Result(double value, NanEffect nanEffect) {}

  /**
   * The value that the fraction {@code q} of the observations does not exceed.
   *
   * @return NaN without observations and for NaN; −Inf below 0; +Inf above 1
   */
  public static Result of(double q, NativeHistogram h) {
    if (q < 0) {
      return plain(Double.NEGATIVE_INFINITY);
    }
    if (q > 1) {
      return plain(Double.POSITIVE_INFINITY);
    }
    if (h.count() == 0 || Double.isNaN(q)) {
      return plain(Double.NaN);
    }
    // From the end that is nearer; observations of NaN are missing at the upper one.
    boolean ascending = Double.isNaN(h.sum()) || q < 0.5;
    return new Search(h, ascending, ascending ? q * h.count() : (1 - q) * h.count()).result();
  }

  private static Result plain(double value) {
    return new Result(value, NanEffect.NONE);
  }

  /** One search for the bucket that holds a rank. */
  private static final class Search {
    private final NativeHistogram h;
    private final BucketTable buckets;
    private final boolean ascending;
    private final double rank;
    private double counted;

    Search(NativeHistogram h, boolean ascending, double rank) {
      this.h = h;
      this.buckets = BucketTable.of(h);
      this.ascending = ascending;
      this.rank = rank;
    }

    Result result() {
      int bucket = find();
      double lower = bucket < 0 ? 0 : lower(bucket);
      double upper = bucket < 0 ? 0 : upper(bucket);
      if (h.hasCustomBuckets() && bucket >= 0) {
        if (lower == Double.NEGATIVE_INFINITY) {
          if (upper <= 0) {
            return plain(upper);
          }
          lower = 0;
        } else if (upper == Double.POSITIVE_INFINITY) {
          return plain(lower);
        }
      }
      counted = Math.min(counted, h.count());
      if (counted < rank) {
        return Double.isNaN(h.sum())
            ? new Result(Double.NaN, NanEffect.RESULT_IS_NAN)
            : plain(upper);
      }
      double inBucket = ascending ? rank - (counted - buckets.count(bucket)) : counted - rank;
      double value = interpolate(lower, upper, inBucket / buckets.count(bucket));
      return new Result(value, nanEffect());
    }

    private int find() {
      int size = buckets.size();
      int last = -1;
      for (int i = 0; i < size; i++) {
        last = ascending ? i : size - 1 - i;
        counted += buckets.count(last);
        if (buckets.count(last) != 0 && counted >= rank) {
          break;
        }
      }
      return last;
    }

    /** The zero bucket is one-sided where all other buckets are on one side. */
    private double lower(int i) {
      boolean positiveOnly = h.negativeBuckets().length == 0 && h.positiveBuckets().length > 0;
      return buckets.isZeroBucket(i) && positiveOnly ? 0 : buckets.lower(i);
    }

    private double upper(int i) {
      boolean negativeOnly = h.positiveBuckets().length == 0 && h.negativeBuckets().length > 0;
      return buckets.isZeroBucket(i) && negativeOnly ? 0 : buckets.upper(i);
    }

    /** An infinite sum may also come of infinite observations, which are in buckets. */
    private NanEffect nanEffect() {
      return Double.isNaN(h.sum()) && buckets.total() < h.count()
          ? NanEffect.SKEWED_HIGHER
          : NanEffect.NONE;
    }

    private double interpolate(double lower, double upper, double fraction) {
      if (h.hasCustomBuckets() || (lower <= 0 && upper >= 0)) {
        return lower + (upper - lower) * fraction;
      }
      double logLower = Log2.of(Math.abs(lower));
      double logUpper = Log2.of(Math.abs(upper));
      return lower > 0
          ? Math.pow(2, logLower + (logUpper - logLower) * fraction)
          : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
    }
  }
}
