package io.lookout.ingest.otlp;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import java.util.ArrayList;
import java.util.List;

/**
 * An exponential histogram as a native one. A bucket of index i ends where Prometheus's bucket i +
 * 1 does; a scale above 8 is too fine for Prometheus, so that neighbouring buckets are joined.
 */
final class ExponentialBuckets {
  private static final int FINEST = 8;
  private static final int COARSEST = -4;

  /** What OpenTelemetry calls zero where it does not say how wide that is. */
  private static final double ZERO_THRESHOLD = 1e-128;

  /** More than any SDK makes. */
  private static final int MOST = 1 << 14;

  private final List<Span> spans = new ArrayList<>();
  private final double[] counts;

  private ExponentialBuckets(Buckets buckets, int shift) {
    int size = buckets.getBucketCountsCount();
    if (size > MOST) {
      throw new IllegalArgumentException("histogram has " + size + " buckets, limit " + MOST);
    }
    double[] joined = new double[size];
    int n = 0;
    int end = Integer.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      long count = buckets.getBucketCounts(i);
      if (count != 0) {
        long index = (((long) buckets.getOffset() + i) >> shift) + 1;
        if (index != (int) index) {
          throw new IllegalArgumentException("bucket index " + index + " is out of range");
        }
        if (n > 0 && index == end - 1) {
          joined[n - 1] += count;
        } else {
          extend((int) index, end, n);
          end = (int) index + 1;
          joined[n++] = count;
        }
      }
    }
    counts = java.util.Arrays.copyOf(joined, n);
  }

  private void extend(int index, int end, int n) {
    if (n == 0) {
      spans.add(new Span(index, 1));
    } else if (index == end) {
      Span last = spans.removeLast();
      spans.add(new Span(last.offset(), last.length() + 1));
    } else {
      spans.add(new Span(index - end, 1));
    }
  }

  /**
   * @throws IllegalArgumentException for what Prometheus cannot hold
   */
  static NativeHistogram histogram(ExponentialHistogramDataPoint point) {
    int scale = point.getScale();
    if (scale < COARSEST) {
      throw new IllegalArgumentException(
          "scale " + scale + " is too coarse, the least is " + COARSEST);
    }
    int shift = Math.min(Math.max(0, scale - FINEST), 31);
    ExponentialBuckets positive = new ExponentialBuckets(point.getPositive(), shift);
    ExponentialBuckets negative = new ExponentialBuckets(point.getNegative(), shift);
    double threshold = point.getZeroThreshold();
    return new NativeHistogram(
        Math.min(scale, FINEST),
        CounterReset.UNKNOWN,
        true,
        threshold == 0 ? ZERO_THRESHOLD : threshold,
        point.getZeroCount(),
        point.getCount(),
        point.hasSum() ? point.getSum() : 0,
        positive.spans,
        positive.counts,
        negative.spans,
        negative.counts,
        new double[0]);
  }
}
