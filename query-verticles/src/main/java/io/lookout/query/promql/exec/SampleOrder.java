package io.lookout.query.promql.exec;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import java.util.Comparator;

/** Puts samples of overlapping chunks into the order of time. */
final class SampleOrder {
  private SampleOrder() {}

  /** Sorts; of samples of one time the one that came last stays. */
  static void restore(SampleColumns samples) {
    int size = samples.size;
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    long[] times = Arrays.copyOf(samples.times, size);
    Arrays.sort(order, Comparator.comparingLong(i -> times[i]));
    SampleColumns sorted = new SampleColumns(size);
    for (int n = 0; n < size; n++) {
      int i = order[n];
      boolean superseded = n + 1 < size && times[order[n + 1]] == times[i];
      if (!superseded) {
        copy(samples, i, sorted);
      }
    }
    samples.times = sorted.times;
    samples.values = sorted.values;
    samples.histograms = sorted.histograms;
    samples.startTimes = sorted.startTimes;
    samples.size = sorted.size;
  }

  private static void copy(SampleColumns from, int i, SampleColumns to) {
    NativeHistogram histogram = from.histogram(i);
    if (histogram == null) {
      to.add(from.times[i], from.values[i]);
    } else {
      to.add(from.times[i], histogram);
    }
    if (from.startTimeAt(i) != 0) {
      to.startTime(from.startTimeAt(i));
    }
  }
}
