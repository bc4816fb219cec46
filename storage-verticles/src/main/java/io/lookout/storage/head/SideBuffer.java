package io.lookout.storage.head;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a series that came after later ones, kept in the order of time until they are merged
 * with what they belong to.
 */
final class SideBuffer {
  /** What it takes beside its columns: objects, and its place among those that wait. */
  private static final int OVERHEAD = 160;

  /** Roughly what a native histogram takes. */
  private static final int HISTOGRAM = 400;

  final SampleColumns samples = new SampleColumns(8);
  private int histograms;

  /** Roughly what it takes in memory. */
  long bytes() {
    int columns = 2 + (samples.histograms == null ? 0 : 1) + (samples.startTimes == null ? 0 : 1);
    return OVERHEAD + 8L * columns * samples.times.length + (long) HISTOGRAM * histograms;
  }

  /** Puts a sample in its place; one that has the place already goes, and is counted. */
  void put(
      long time,
      double value,
      @Nullable NativeHistogram histogram,
      long startTime,
      HeadCounts counts) {
    int found = Arrays.binarySearch(samples.times, 0, samples.size, time);
    int at = found >= 0 ? found : -found - 1;
    if (found >= 0) {
      countAgain(at, value, histogram, counts);
    }
    histograms += histogram == null ? 0 : 1;
    if (histogram != null) {
      samples.histogramColumn();
    }
    if (startTime != 0) {
      samples.startTimeColumn();
    }
    if (found < 0) {
      open(at);
    }
    samples.times[at] = time;
    samples.values[at] = value;
    if (samples.histograms != null) {
      samples.histograms[at] = histogram;
    }
    if (samples.startTimes != null) {
      samples.startTimes[at] = startTime;
    }
  }

  private void countAgain(
      int at, double value, @Nullable NativeHistogram histogram, HeadCounts counts) {
    NativeHistogram before = samples.histogram(at);
    histograms -= before == null ? 0 : 1;
    boolean same =
        (before == null && histogram == null)
            ? Double.doubleToRawLongBits(samples.values[at]) == Double.doubleToRawLongBits(value)
            : Objects.equals(before, histogram);
    if (same) {
      counts.duplicates++;
    } else {
      counts.replaced++;
    }
  }

  private void open(int at) {
    samples.reserve(1);
    int behind = samples.size - at;
    System.arraycopy(samples.times, at, samples.times, at + 1, behind);
    System.arraycopy(samples.values, at, samples.values, at + 1, behind);
    if (samples.histograms != null) {
      System.arraycopy(samples.histograms, at, samples.histograms, at + 1, behind);
    }
    if (samples.startTimes != null) {
      System.arraycopy(samples.startTimes, at, samples.startTimes, at + 1, behind);
    }
    samples.size++;
  }
}
