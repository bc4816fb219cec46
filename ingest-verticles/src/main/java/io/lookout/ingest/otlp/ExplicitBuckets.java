package io.lookout.ingest.otlp;

import io.lookout.model.histogram.HistogramLayout;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.util.List;

/** A histogram with explicit bounds as a native one with custom buckets. */
final class ExplicitBuckets {
  private ExplicitBuckets() {}

  /**
   * @throws IllegalArgumentException for what Prometheus cannot hold
   */
  static NativeHistogram histogram(HistogramDataPoint point) {
    int size = point.getBucketCountsCount();
    double[] counts = new double[Math.max(size, 1)];
    // Without any buckets all observations are in the one that has no bound.
    counts[0] = point.getCount();
    for (int i = 0; i < size; i++) {
      counts[i] = point.getBucketCounts(i);
    }
    double[] bounds = new double[size == 0 ? 0 : point.getExplicitBoundsCount()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = point.getExplicitBounds(i);
    }
    NativeHistogram histogram =
        new NativeHistogram(
            NativeHistogram.CUSTOM_BUCKETS_SCHEMA,
            CounterReset.UNKNOWN,
            true,
            0,
            0,
            point.getCount(),
            point.hasSum() ? point.getSum() : 0,
            List.of(new Span(0, counts.length)),
            counts,
            List.of(),
            new double[0],
            bounds);
    HistogramValidity.check(histogram);
    return HistogramLayout.compact(histogram);
  }
}
