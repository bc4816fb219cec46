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
    int[] order = of(samples);
    SampleColumns sorted = new SampleColumns(size);
    for (int n = 0; n < size; n++) {
      int i = order[n];
      boolean superseded = n + 1 < size && samples.times[order[n + 1]] == samples.times[i];
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

  /** The same samples by time, all that there are. */
  static SampleColumns byTime(SampleColumns samples) {
    int[] order = of(samples);
    SampleColumns sorted = new SampleColumns(samples.size);
    for (int i : order) {
      copy(samples, i, sorted);
    }
    return sorted;
  }

  /** Places of the samples, by time; of one time, as they come. */
  static int[] of(SampleColumns samples) {
    boolean ordered = true;
    int[] order = new int[samples.size];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      ordered &= i == 0 || samples.times[i] >= samples.times[i - 1];
    }
    return ordered
        ? order
        : Arrays.stream(order)
            .boxed()
            .sorted(Comparator.comparingLong(i -> samples.times[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Appends a sample. */
  static void copy(SampleColumns from, int i, SampleColumns to) {
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
