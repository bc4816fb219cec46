package io.lookout.sdk;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;

/**
 * {@code io.prometheus.write.v2.Histogram} with integer counts: spans of adjacent buckets, and of
 * each bucket the difference to the one before.
 */
final class NativeHistogramMessage {
  private static final int GAUGE_HINT = 3;

  private NativeHistogramMessage() {}

  static ProtoWriter of(Series.Native sample, long time, long began) {
    HistogramDataPointSnapshot histogram = sample.histogram();
    ProtoWriter out = new ProtoWriter();
    out.chosen(1, histogram.getCount());
    out.float64(3, histogram.getSum());
    out.sint64(4, histogram.getNativeSchema());
    out.float64(5, histogram.getNativeZeroThreshold());
    out.chosen(6, histogram.getNativeZeroCount());
    buckets(out, 8, 9, histogram.getNativeBucketsForNegativeValues());
    buckets(out, 11, 12, histogram.getNativeBucketsForPositiveValues());
    return out.int64(14, sample.gauge() ? GAUGE_HINT : 0).int64(15, time).int64(17, began);
  }

  private static void buckets(
      ProtoWriter out, int spanField, int deltaField, NativeHistogramBuckets buckets) {
    long[] deltas = new long[buckets.size()];
    long before = 0;
    int next = 0;
    int i = 0;
    while (i < deltas.length) {
      int first = i;
      do {
        deltas[i] = buckets.getCount(i) - before;
        before = buckets.getCount(i);
        i++;
      } while (i < deltas.length && isAdjacent(buckets, i));
      int start = index(buckets, first);
      out.message(spanField, new ProtoWriter().sint64(1, start - next).int64(2, i - first));
      next = start + i - first;
    }
    out.packedSigned(deltaField, deltas);
  }

  private static boolean isAdjacent(NativeHistogramBuckets buckets, int i) {
    return buckets.getBucketIndex(i) == buckets.getBucketIndex(i - 1) + 1;
  }

  private static int index(NativeHistogramBuckets buckets, int i) {
    return buckets.getBucketIndex(i);
  }
}
