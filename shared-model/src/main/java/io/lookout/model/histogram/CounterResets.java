package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.CounterReset;

/** Whether a counter of histograms began anew between two samples. */
public final class CounterResets {
  private CounterResets() {}

  /**
   * Whether something became smaller: a bucket, the zero bucket, the count (the sum may). The hint
   * of the later sample decides where it says yes or no; a gauge is taken for a counter.
   *
   * <p>A finer schema and a narrower zero bucket come with a reset only; otherwise the earlier
   * sample is brought into the shape of the later one before they are compared.
   */
  public static boolean isReset(NativeHistogram previous, NativeHistogram current) {
    return switch (current.counterReset()) {
      case YES -> true;
      case NO -> false;
      case UNKNOWN, GAUGE -> hasDecrease(previous, current);
    };
  }

  /** The same without a look at the hints. */
  public static boolean hasDecrease(NativeHistogram previous, NativeHistogram current) {
    if (current.count() < previous.count()
        || current.hasCustomBuckets() != previous.hasCustomBuckets()) {
      return true;
    }
    return current.hasCustomBuckets()
        ? customDecrease(previous, current)
        : exponentialDecrease(previous, current);
  }

  private static boolean customDecrease(NativeHistogram previous, NativeHistogram current) {
    IndexedBuckets before = IndexedBuckets.of(previous.positiveSpans(), previous.positiveBuckets());
    IndexedBuckets after = IndexedBuckets.of(current.positiveSpans(), current.positiveBuckets());
    if (!CustomBounds.same(previous.customValues(), current.customValues())) {
      double[] common = CustomBounds.common(previous.customValues(), current.customValues());
      before = before.rebound(previous.customValues(), common);
      after = after.rebound(current.customValues(), common);
    }
    return decreases(before, 0, after, 0);
  }

  private static boolean exponentialDecrease(NativeHistogram previous, NativeHistogram current) {
    if (current.schema() > previous.schema()
        || current.zeroThreshold() < previous.zeroThreshold()) {
      return true;
    }
    IndexedBuckets positive =
        IndexedBuckets.of(previous.positiveSpans(), previous.positiveBuckets());
    IndexedBuckets negative =
        IndexedBuckets.of(previous.negativeSpans(), previous.negativeBuckets());
    ZeroBucket zero = new ZeroBucket(previous.zeroThreshold(), previous.zeroCount());
    if (current.zeroThreshold() > previous.zeroThreshold()) {
      zero.widen(current.zeroThreshold(), positive, negative, previous.schema());
    }
    if (zero.threshold != current.zeroThreshold() || current.zeroCount() < zero.count) {
      return true;
    }
    return sideDecreases(
            positive,
            previous.schema(),
            IndexedBuckets.of(current.positiveSpans(), current.positiveBuckets()),
            current)
        || sideDecreases(
            negative,
            previous.schema(),
            IndexedBuckets.of(current.negativeSpans(), current.negativeBuckets()),
            current);
  }

  private static boolean sideDecreases(
      IndexedBuckets before, int schema, IndexedBuckets after, NativeHistogram current) {
    if (current.schema() < schema) {
      before.coarsen(schema, current.schema());
    }
    return decreases(
        before,
        before.below(current.zeroThreshold(), current.schema()),
        after,
        after.below(current.zeroThreshold(), current.schema()));
  }

  private static boolean decreases(IndexedBuckets before, int i, IndexedBuckets after, int j) {
    for (int b = i, a = j; b < before.size; b++) {
      while (a < after.size && after.indexes[a] < before.indexes[b]) {
        a++;
      }
      boolean found = a < after.size && after.indexes[a] == before.indexes[b];
      if (found ? after.counts[a] < before.counts[b] : before.counts[b] != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The hint that the later of two adjacent samples has when it is read: gauges stay gauges; where
   * the buckets were written into the same layout without a decrease, there was no reset; after
   * anything else nothing is known.
   *
   * @param previous the sample just before, also a histogram
   */
  public static CounterReset hint(NativeHistogram previous, NativeHistogram current) {
    if (current.counterReset() == CounterReset.GAUGE) {
      return CounterReset.GAUGE;
    }
    boolean continues =
        previous.counterReset() != CounterReset.GAUGE
            && current.counterReset() != CounterReset.YES
            && current.schema() == previous.schema()
            && current.zeroThreshold() == previous.zeroThreshold()
            && CustomBounds.same(current.customValues(), previous.customValues())
            && !hasDecrease(previous, current);
    return continues ? CounterReset.NO : CounterReset.UNKNOWN;
  }
}
