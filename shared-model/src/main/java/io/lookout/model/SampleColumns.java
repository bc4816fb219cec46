package io.lookout.model;

import io.lookout.model.aggregate.BucketColumns;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one series as columns, in the order of time. A buffer to be filled, read in plain
 * loops, cleared and filled again; not thread-safe. The arrays are open to hot loops: only the
 * first {@code size} entries count.
 *
 * <p>A sample is a float, or a native histogram where {@code histograms[i]} is not null. Times are
 * milliseconds; {@code startTimes[i]} is 0 where unknown.
 */
public final class SampleColumns {
  /** The bits of the NaN that marks a series as stale; every other NaN is a value. */
  public static final long STALE_NAN_BITS = 0x7ff0000000000002L;

  /** The NaN that Prometheus itself makes. */
  public static final double STALE_NAN = Double.longBitsToDouble(STALE_NAN_BITS);

  public long[] times;
  public double[] values;
  public @Nullable NativeHistogram @Nullable [] histograms;
  public long @Nullable [] startTimes;

  /** Set where floats stand for the buckets that they are the last of. */
  public @Nullable BucketColumns buckets;

  public int size;

  public SampleColumns() {
    this(128);
  }

  public SampleColumns(int capacity) {
    times = new long[capacity];
    values = new double[capacity];
  }

  public static boolean isStale(double value) {
    return Double.doubleToRawLongBits(value) == STALE_NAN_BITS;
  }

  /** Makes room for {@code n} more samples. */
  public void reserve(int n) {
    if (size + n > times.length) {
      int capacity = Math.max(size + n, times.length * 2);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
      if (histograms != null) {
        histograms = Arrays.copyOf(histograms, capacity);
      }
      if (startTimes != null) {
        startTimes = Arrays.copyOf(startTimes, capacity);
      }
    }
  }

  public void add(long time, double value) {
    reserve(1);
    times[size] = time;
    values[size] = value;
    size++;
  }

  public void add(long time, NativeHistogram histogram) {
    reserve(1);
    histogramColumn()[size] = histogram;
    times[size] = time;
    values[size] = histogram.sum();
    size++;
  }

  /** Sets the start timestamp of the sample added last. */
  public void startTime(long startTime) {
    startTimeColumn()[size - 1] = startTime;
  }

  /** The histogram column, made on first use. */
  public @Nullable NativeHistogram[] histogramColumn() {
    @Nullable NativeHistogram[] column = histograms;
    if (column == null) {
      column = new NativeHistogram[times.length];
      histograms = column;
    }
    return column;
  }

  /** The start time column, made on first use. */
  public long[] startTimeColumn() {
    long[] column = startTimes;
    if (column == null) {
      column = new long[times.length];
      startTimes = column;
    }
    return column;
  }

  public @Nullable NativeHistogram histogram(int i) {
    return histograms == null ? null : histograms[i];
  }

  public long startTimeAt(int i) {
    return startTimes == null ? 0 : startTimes[i];
  }

  /** Forgets the samples and keeps the arrays of times and values. */
  public void clear() {
    size = 0;
    histograms = null;
    startTimes = null;
    buckets = null;
  }
}
