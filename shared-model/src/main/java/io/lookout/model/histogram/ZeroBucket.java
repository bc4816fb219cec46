package io.lookout.model.histogram;

/**
 * A zero bucket and its widening. Two histograms can only be added when their zero buckets are
 * equally wide; the narrower one swallows the buckets next to it, and if the wider one ends inside
 * a bucket of the other, both grow to the end of that bucket.
 */
final class ZeroBucket {
  double threshold;
  double count;
  double compensation;

  ZeroBucket(double threshold, double count) {
    this.threshold = threshold;
    this.count = count;
  }

  /**
   * Widens to at least {@code wanted}, further where that lies inside a bucket that is not empty.
   * The swallowed buckets are counted here; they are not removed there.
   */
  void widen(double wanted, IndexedBuckets positive, IndexedBuckets negative, int schema) {
    double width = wanted;
    double before = Double.NaN;
    while (width != before) {
      before = width;
      width = Math.max(end(positive, schema, width), end(negative, schema, width));
    }
    threshold = width;
    swallow(positive, schema);
    swallow(negative, schema);
  }

  /** Where the bucket ends that a threshold cuts through, or the threshold. */
  private static double end(IndexedBuckets buckets, int schema, double width) {
    for (int i = 0; i < buckets.size; i++) {
      if (BucketBounds.exponential(buckets.indexes[i] - 1, schema) >= width) {
        return width;
      }
      double end = BucketBounds.exponential(buckets.indexes[i], schema);
      if (end > width) {
        return buckets.counts[i] == 0 ? width : end;
      }
    }
    return width;
  }

  private void swallow(IndexedBuckets buckets, int schema) {
    int n = within(buckets, schema);
    for (int i = 0; i < n; i++) {
      add(buckets.counts[i]);
      add(buckets.compensations[i]);
    }
  }

  /** How many buckets begin inside the zero bucket. */
  int within(IndexedBuckets buckets, int schema) {
    int n = 0;
    while (n < buckets.size
        && BucketBounds.exponential(buckets.indexes[n] - 1, schema) < threshold) {
      n++;
    }
    return n;
  }

  void add(double increment) {
    compensation = KahanSum.compensation(count, increment, compensation);
    count += increment;
  }
}
