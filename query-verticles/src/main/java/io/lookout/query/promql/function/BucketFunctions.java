package io.lookout.query.promql.function;

import io.lookout.model.StartTimes;
import io.lookout.model.aggregate.BucketColumns;
import io.lookout.query.promql.value.KahanSum;

/**
 * Range functions over windows whose floats each are the last of a bucket of samples. Where windows
 * hold whole buckets, results are those over the samples; sums may differ in their last bit, since
 * they are rounded once a bucket more.
 */
public final class BucketFunctions {
  private BucketFunctions() {}

  /**
   * The function over buckets.
   *
   * @param samples the function over samples, which also answers for histograms: they are kept as
   *     they are
   */
  public static RangeFunction of(String name, RangeFunction samples) {
    return switch (name) {
      case "count_over_time" -> BucketFunctions::count;
      case "sum_over_time" -> floats(samples, BucketFunctions::sum);
      case "avg_over_time" -> floats(samples, BucketFunctions::avg);
      case "rate" -> floats(samples, window -> change(window, true, true));
      case "increase" -> floats(samples, window -> change(window, true, false));
      case "delta" -> floats(samples, window -> change(window, false, false));
      default -> samples;
    };
  }

  private static RangeFunction floats(RangeFunction samples, RangeFunction buckets) {
    return window ->
        window.histogramCount() > 0 || window.buckets == null
            ? samples.apply(window)
            : buckets.apply(window);
  }

  private static double count(Window window) {
    return window.histogramCount() + counted(window);
  }

  private static double counted(Window window) {
    BucketColumns buckets = window.buckets;
    return buckets == null ? window.floats() : total(window, buckets.counts);
  }

  private static double total(Window window, double[] column) {
    double total = 0;
    double lost = 0;
    for (int i = window.lo; i < window.hi; i++) {
      double next = total + column[i];
      lost += KahanSum.error(total, column[i], next);
      total = next;
    }
    return KahanSum.total(total, lost);
  }

  private static double sum(Window window) {
    BucketColumns buckets = window.buckets;
    return buckets == null ? Double.NaN : total(window, buckets.sums);
  }

  private static double avg(Window window) {
    return sum(window) / counted(window);
  }

  private static double change(Window window, boolean counter, boolean perSecond) {
    BucketColumns buckets = window.buckets;
    int samples = (int) Math.min(Integer.MAX_VALUE, counted(window));
    int lo = window.lo;
    int last = window.hi - 1;
    // One time for all: of a bucket whose first sample was deleted.
    if (buckets == null || samples < 2 || buckets.firstTimes[lo] == window.times[last]) {
      return Window.ABSENT;
    }
    double first = buckets.firsts[lo];
    double result = window.values[last] - first;
    if (counter) {
      result += resets(window, buckets);
    }
    long begin = buckets.firstTimes[lo];
    long end = window.times[last];
    double factor =
        Extrapolation.factor(window, begin, end, samples - 1, counter, first, result, perSecond);
    return CounterFunctions.noted(window, counter, result * factor);
  }

  /** What was lost by resets, within buckets and between them. */
  private static double resets(Window window, BucketColumns buckets) {
    double lost = 0;
    for (int i = window.hi - 1; i >= window.lo; i--) {
      lost += buckets.resets[i];
      if (i > window.lo && isReset(window, buckets, i)) {
        lost += window.values[i - 1];
      }
    }
    return lost;
  }

  /** Whether the first sample of the bucket is a reset after the last of the bucket before. */
  private static boolean isReset(Window window, BucketColumns buckets, int i) {
    long[] starts = window.startTimes;
    return buckets.firsts[i] < window.values[i - 1]
        || (starts.length > 0
            && StartTimes.isReset(
                starts[i - 1], window.times[i - 1], buckets.firstStarts[i], buckets.firstTimes[i]));
  }
}
