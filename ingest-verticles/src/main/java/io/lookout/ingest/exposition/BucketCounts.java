package io.lookout.ingest.exposition;

import io.lookout.model.histogram.HistogramLayout;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cumulative buckets of one classic histogram, and the native histogram with custom bounds that
 * says the same: {@code le="0.1"} 3, {@code le="1"} 5, count 6 become the bounds 0.1 and 1 with the
 * buckets 3, 2 and 1. Not thread-safe.
 */
final class BucketCounts {
  /** A histogram with more buckets is none: sorting them would be for the sender to demand. */
  private static final int MOST = 4096;

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;
  private double count;
  private double sum;
  private boolean counted;

  void clear() {
    size = 0;
    count = 0;
    sum = 0;
    counted = false;
  }

  void sum(double value) {
    sum = value;
  }

  void count(double value) {
    count = value;
    counted = true;
  }

  /** Bounds come in any order, ascending mostly; one that is there twice counts once. */
  void bucket(double bound, double value) {
    int at = place(bound);
    if (size == MOST || (at > 0 && bounds[at - 1] == bound)) {
      return;
    }
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(bounds, at, bounds, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bounds[at] = bound;
    counts[at] = value;
    size++;
  }

  private int place(double bound) {
    int at = size;
    while (at > 0 && bounds[at - 1] > bound) {
      at--;
    }
    return at;
  }

  /** Null where the counts are not those of a histogram. */
  @Nullable NativeHistogram histogram() {
    if (!counted && size > 0) {
      count = counts[size - 1];
    }
    if (size == 0 || bounds[size - 1] != Double.POSITIVE_INFINITY) {
      bucket(Double.POSITIVE_INFINITY, count);
    }
    if (size == MOST || counts[size - 1] != count) {
      return null;
    }
    double[] buckets = new double[size];
    double before = 0;
    boolean whole = true;
    for (int i = 0; i < size; i++) {
      buckets[i] = counts[i] - before;
      before = counts[i];
      whole &= counts[i] == Math.rint(counts[i]);
      if (!(buckets[i] >= 0)) {
        return null;
      }
    }
    return valid(whole, buckets);
  }

  private @Nullable NativeHistogram valid(boolean whole, double[] buckets) {
    NativeHistogram histogram =
        new NativeHistogram(
            NativeHistogram.CUSTOM_BUCKETS_SCHEMA,
            CounterReset.UNKNOWN,
            whole,
            0,
            0,
            count,
            sum,
            List.of(new Span(0, size)),
            buckets,
            List.of(),
            new double[0],
            Arrays.copyOf(bounds, size - 1));
    try {
      HistogramValidity.check(histogram);
    } catch (IllegalArgumentException e) {
      return null;
    }
    return HistogramLayout.compact(histogram);
  }
}
