package io.lookout.ingest.scrape;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.histogram.HistogramLayout;
import io.lookout.model.histogram.NativeHistogram;

/**
 * Keeps native histograms small: neighbouring buckets are merged until there are few enough.
 *
 * @param buckets at most so many; 0 for any number
 * @param factor a bucket's upper bound is at least so many times its lower one; 0 for any
 */
record HistogramLimit(int buckets, double factor) {
  private static final int COARSEST = -4;

  /**
   * @throws LookoutException where not even the coarsest buckets are few enough
   */
  NativeHistogram apply(NativeHistogram histogram) {
    NativeHistogram h = histogram;
    if (h.hasCustomBuckets()) {
      return requireFew(h);
    }
    while (h.schema() > COARSEST && (isLarge(h) || growth(h.schema()) < factor)) {
      h = HistogramLayout.coarsen(h, h.schema() - 1);
    }
    return requireFew(h);
  }

  private static double growth(int schema) {
    return Math.pow(2, Math.pow(2, -schema));
  }

  private boolean isLarge(NativeHistogram h) {
    return buckets > 0 && h.positiveBuckets().length + h.negativeBuckets().length > buckets;
  }

  private NativeHistogram requireFew(NativeHistogram h) {
    if (isLarge(h)) {
      throw new LookoutException(ErrorCode.BAD_DATA, "histogram bucket limit exceeded");
    }
    return h;
  }
}
