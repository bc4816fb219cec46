package io.lookout.query.promql.function;

import io.lookout.query.promql.value.MonotonicityFix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The buckets of a classic histogram at one step: upper bounds and cumulative counts. */
final class ClassicBuckets {
  /** Differences of counts up to this, relative, are errors of rounding. */
  private static final double ROUNDING = 1e-12;

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;
  private boolean forcedMonotonic;
  private double lowestForced;
  private double highestForced;
  private double largestDrop;

  void clear() {
    size = 0;
    forcedMonotonic = false;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** What {@link #quantile} did to counts that fell from one bucket to the next, if they did. */
  @Nullable MonotonicityFix fix(long time) {
    return forcedMonotonic
        ? new MonotonicityFix(time, time, lowestForced, highestForced, largestDrop, 1)
        : null;
  }

  /** Adds a bucket, kept in the order of bounds; of equal bounds, counts add up. */
  void add(double bound, double count) {
    int at = size;
    while (at > 0 && bounds[at - 1] > bound) {
      at--;
    }
    if (at > 0 && bounds[at - 1] == bound) {
      counts[at - 1] += count;
      return;
    }
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(bounds, at, bounds, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bounds[at] = bound;
    counts[at] = count;
    size++;
  }

  private boolean endsAtInfinity() {
    return bounds[size - 1] == Double.POSITIVE_INFINITY;
  }

  /**
   * The value that the fraction {@code q} of the observations does not exceed, taken to be spread
   * evenly within a bucket. Never above the last finite bound.
   */
  double quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      return Double.isNaN(q) ? q : q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (!endsAtInfinity()) {
      return Double.NaN;
    }
    forceMonotonic();
    double observations = counts[size - 1];
    if (size < 2 || observations == 0) {
      forcedMonotonic = false;
      return Double.NaN;
    }
    double rank = q * observations;
    int b = 0;
    while (b < size - 1 && !(counts[b] >= rank)) {
      b++;
    }
    if (b == size - 1) {
      return bounds[size - 2];
    }
    if (b == 0 && bounds[0] <= 0) {
      return bounds[0];
    }
    double start = b == 0 ? 0 : bounds[b - 1];
    double below = b == 0 ? 0 : counts[b - 1];
    return start + (bounds[b] - start) * ((rank - below) / (counts[b] - below));
  }

  private void forceMonotonic() {
    double before = counts[0];
    for (int i = 1; i < size; i++) {
      double count = counts[i];
      if (count == before) {
        continue;
      }
      if (isRounding(before, count)) {
        counts[i] = before;
      } else if (count < before) {
        counts[i] = before;
        noteForced(bounds[i], before - count);
      } else {
        before = count;
      }
    }
  }

  private void noteForced(double bound, double drop) {
    lowestForced = forcedMonotonic ? Math.min(lowestForced, bound) : bound;
    highestForced = forcedMonotonic ? Math.max(highestForced, bound) : bound;
    largestDrop = forcedMonotonic ? Math.max(largestDrop, drop) : drop;
    forcedMonotonic = true;
  }

  private static boolean isRounding(double a, double b) {
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < ROUNDING * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < ROUNDING;
  }

  /** Which part of the observations lies between two values. */
  double fraction(double lower, double upper) {
    if (!endsAtInfinity()) {
      return Double.NaN;
    }
    double observations = counts[size - 1];
    if (observations == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    double from = Math.min(rank(lower), observations);
    double to = Math.min(rank(upper), observations);
    return (to - from) / observations;
  }

  private double rank(double value) {
    double below = 0;
    double start = bounds[0] <= 0 ? Double.NEGATIVE_INFINITY : 0;
    for (int i = 0; i < size; i++) {
      if (start >= value) {
        return below;
      }
      if (bounds[i] > value) {
        return start == Double.NEGATIVE_INFINITY
            ? counts[i]
            : below + (counts[i] - below) * (value - start) / (bounds[i] - start);
      }
      start = bounds[i];
      below = counts[i];
    }
    return counts[size - 1];
  }
}
