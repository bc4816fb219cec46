package io.lookout.query.promql.function;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buckets that the SOFALookout SDK sends: {@code 0-100}, {@code 100-250}, {@code 250-}, each
 * with the number of observations in its own range.
 */
final class RangeBuckets {
  /** A range of values; {@code to} is infinite for the last one. */
  record Range(double from, double to) {
    /** Null for what is no range. */
    static @Nullable Range of(String text) {
      int dash = text.indexOf('-', 1);
      if (dash < 0) {
        return null;
      }
      try {
        double from = Double.parseDouble(text.substring(0, dash));
        String end = text.substring(dash + 1);
        double to = end.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(end);
        return from < to ? new Range(from, to) : null;
      } catch (NumberFormatException e) {
        return null;
      }
    }
  }

  private record Bucket(Range range, double count) {}

  private final List<Bucket> buckets = new ArrayList<>();

  void add(Range range, double count) {
    buckets.add(new Bucket(range, count));
  }

  boolean isEmpty() {
    return buckets.isEmpty();
  }

  /**
   * The value that the fraction {@code q} of the observations does not exceed, taken to be spread
   * evenly within a bucket; in the last, open one its lower end. NaN without observations.
   */
  double quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      return Double.isNaN(q) ? q : q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    buckets.sort(Comparator.comparingDouble(bucket -> bucket.range.from));
    double observations = 0;
    for (Bucket bucket : buckets) {
      observations += bucket.count;
    }
    double rank = q * observations;
    for (Bucket bucket : buckets) {
      if (bucket.count > 0 && rank <= bucket.count) {
        return within(bucket, rank);
      }
      rank -= bucket.count;
    }
    // Rounding may leave a little of the rank after the last bucket.
    return observations > 0 ? within(buckets.getLast(), buckets.getLast().count) : Double.NaN;
  }

  private static double within(Bucket bucket, double rank) {
    Range range = bucket.range;
    return Double.isInfinite(range.to)
        ? range.from
        : range.from + (range.to - range.from) * (rank / bucket.count);
  }
}
