package io.lookout.model.histogram;

/** Estimates the variance of the observations. */
public final class HistogramSpread {
  private HistogramSpread() {}

  /**
   * Each observation is taken to be in the middle of its bucket: the geometric mean of its bounds,
   * 0 in the zero bucket, the arithmetic mean in custom buckets.
   *
   * @return NaN without observations
   */
  public static double variance(NativeHistogram h) {
    double mean = h.sum() / h.count();
    BucketTable buckets = BucketTable.of(h);
    double sum = 0;
    double compensation = 0;
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) != 0) {
        double distance = middle(h, buckets.lower(i), buckets.upper(i)) - mean;
        double increment = buckets.count(i) * distance * distance;
        compensation = KahanSum.compensation(sum, increment, compensation);
        sum += increment;
      }
    }
    return (sum + compensation) / h.count();
  }

  private static double middle(NativeHistogram h, double lower, double upper) {
    if (h.hasCustomBuckets()) {
      return (upper + lower) / 2;
    }
    if (lower <= 0 && upper >= 0) {
      return 0;
    }
    double middle = Math.sqrt(upper * lower);
    return upper < 0 ? -middle : middle;
  }
}
