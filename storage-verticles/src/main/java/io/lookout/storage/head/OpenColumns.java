package io.lookout.storage.head;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest samples of a series, not yet encoded: all of one window, all floats or all histograms,
 * in the order of time. Twelve bytes a float sample; the arrays grow with what comes.
 */
final class OpenColumns {
  private static final int FIRST_CAPACITY = 8;

  private int[] offsets = new int[0];
  private double[] values = new double[0];
  private @Nullable NativeHistogram @Nullable [] histograms;
  private long @Nullable [] startTimes;
  private long base;
  int size;

  /** Empty now, to hold samples of the window that begins there. */
  void clear(long windowStart) {
    base = windowStart;
    size = 0;
    histograms = null;
    startTimes = null;
  }

  /** As {@link #clear}, and gives the arrays back. */
  void release() {
    clear(0);
    offsets = new int[0];
    values = new double[0];
  }

  long window() {
    return base;
  }

  long firstTime() {
    return base + offsets[0];
  }

  long lastTime() {
    return base + offsets[size - 1];
  }

  boolean holdsHistograms() {
    return histograms != null;
  }

  int bytes() {
    return 12 * offsets.length;
  }

  void add(long time, double value, @Nullable NativeHistogram histogram, long startTime) {
    if (size == offsets.length) {
      grow();
    }
    offsets[size] = (int) (time - base);
    values[size] = value;
    if (histogram != null) {
      putHistogram(size, histogram);
    }
    if (startTime != 0 || startTimes != null) {
      putStartTime(size, startTime);
    }
    size++;
  }

  private void grow() {
    int capacity = Math.min(Series.OPEN, Math.max(FIRST_CAPACITY, offsets.length * 2));
    offsets = Arrays.copyOf(offsets, capacity);
    values = Arrays.copyOf(values, capacity);
    if (histograms != null) {
      histograms = Arrays.copyOf(histograms, capacity);
    }
    if (startTimes != null) {
      startTimes = Arrays.copyOf(startTimes, capacity);
    }
  }

  private void putHistogram(int i, NativeHistogram histogram) {
    @Nullable NativeHistogram[] column = histograms;
    if (column == null) {
      column = new @Nullable NativeHistogram[offsets.length];
      histograms = column;
    }
    column[i] = histogram;
  }

  private void putStartTime(int i, long startTime) {
    long[] column = startTimes;
    if (column == null) {
      column = new long[offsets.length];
      startTimes = column;
    }
    column[i] = startTime;
  }

  /** Where the sample of this time is, or a negative number. */
  int find(long time) {
    return Arrays.binarySearch(offsets, 0, size, (int) (time - base));
  }

  /** Whether sample i is this one, by bits. */
  boolean holds(int i, double value, @Nullable NativeHistogram histogram) {
    if (histogram != null) {
      return histograms != null && histogram.equals(histograms[i]);
    }
    return Double.doubleToRawLongBits(values[i]) == Double.doubleToRawLongBits(value);
  }

  /** Puts another sample of the same kind in the place of sample i. */
  void replace(int i, double value, @Nullable NativeHistogram histogram, long startTime) {
    values[i] = value;
    if (histogram != null) {
      putHistogram(i, histogram);
    }
    if (startTime != 0 || startTimes != null) {
      putStartTime(i, startTime);
    }
  }

  /** How many samples are before this time. */
  int countBefore(long time) {
    if (size == 0 || time > lastTime()) {
      return size;
    }
    int at = time <= firstTime() ? 0 : find(time);
    return at >= 0 ? at : -at - 1;
  }

  /** Appends the samples [from, until), which are floats, to the buffer. */
  void copyFloatsTo(int from, int until, SampleColumns to) {
    int n = until - from;
    to.reserve(n);
    for (int i = 0; i < n; i++) {
      to.times[to.size + i] = base + offsets[from + i];
    }
    System.arraycopy(values, from, to.values, to.size, n);
    if (startTimes != null) {
      System.arraycopy(startTimes, from, to.startTimeColumn(), to.size, n);
    }
    to.size += n;
  }

  /** Appends the samples to the buffer. */
  void copyTo(SampleColumns to) {
    if (!holdsHistograms()) {
      copyFloatsTo(0, size, to);
      return;
    }
    for (int i = 0; i < size; i++) {
      NativeHistogram histogram = histograms == null ? null : histograms[i];
      if (histogram == null) {
        to.add(base + offsets[i], values[i]);
      } else {
        to.add(base + offsets[i], histogram);
      }
      if (startTimes != null) {
        to.startTime(startTimes[i]);
      }
    }
  }
}
