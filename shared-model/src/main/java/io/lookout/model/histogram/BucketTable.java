package io.lookout.model.histogram;

/**
 * All buckets of a histogram from the lowest to the highest: negative ones, the zero bucket if it
 * is not empty, positive ones.
 *
 * <p>Bounds below 0 belong to their bucket where it begins, bounds above 0 where it ends, those of
 * the zero bucket both. Custom buckets are closed where they end, and the first one at −Inf too.
 */
public final class BucketTable {
  private final double[] lower;
  private final double[] upper;
  private final double[] counts;
  private int size;
  private int zeroBucket = -1;
  private final boolean custom;

  private BucketTable(int capacity, boolean custom) {
    this.custom = custom;
    lower = new double[capacity];
    upper = new double[capacity];
    counts = new double[capacity];
  }

  /** As functions see them: a bucket that overlaps the zero bucket is cut where that ends. */
  public static BucketTable of(NativeHistogram h) {
    return of(h, h.zeroThreshold(), h.zeroCount() > 0);
  }

  /** As they are printed: nothing is cut, and a negative count of zeros is shown. */
  static BucketTable uncut(NativeHistogram h) {
    return of(h, 0, h.zeroCount() != 0);
  }

  private static BucketTable of(NativeHistogram h, double cut, boolean zeros) {
    IndexedBuckets negative = IndexedBuckets.of(h.negativeSpans(), h.negativeBuckets());
    IndexedBuckets positive = IndexedBuckets.of(h.positiveSpans(), h.positiveBuckets());
    BucketTable table = new BucketTable(negative.size + positive.size + 1, h.hasCustomBuckets());
    for (int i = negative.size - 1; i >= 0; i--) {
      double high = -BucketBounds.lower(h, negative.indexes[i]);
      table.add(
          -BucketBounds.upper(h, negative.indexes[i]),
          high < 0 && high > -cut ? -cut : high,
          negative.counts[i]);
    }
    if (zeros && !h.hasCustomBuckets()) {
      table.zeroBucket = table.size;
      table.add(-h.zeroThreshold(), h.zeroThreshold(), h.zeroCount());
    }
    for (int i = 0; i < positive.size; i++) {
      double low = BucketBounds.lower(h, positive.indexes[i]);
      table.add(
          low > 0 && low < cut ? cut : low,
          BucketBounds.upper(h, positive.indexes[i]),
          positive.counts[i]);
    }
    return table;
  }

  private void add(double low, double high, double count) {
    lower[size] = low;
    upper[size] = high;
    counts[size++] = count;
  }

  public int size() {
    return size;
  }

  public double lower(int i) {
    return lower[i];
  }

  public double upper(int i) {
    return upper[i];
  }

  public double count(int i) {
    return counts[i];
  }

  public boolean isZeroBucket(int i) {
    return i == zeroBucket;
  }

  public boolean lowerInclusive(int i) {
    return i == zeroBucket || (custom ? lower[i] == Double.NEGATIVE_INFINITY : lower[i] < 0);
  }

  public boolean upperInclusive(int i) {
    return i == zeroBucket || custom || upper[i] > 0;
  }

  /** The counts of all buckets, added up. */
  double total() {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += counts[i];
    }
    return total;
  }
}
