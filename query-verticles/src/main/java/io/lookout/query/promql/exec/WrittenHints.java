package io.lookout.query.promql.exec;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.CounterResets;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import org.jspecify.annotations.Nullable;

/**
 * Tells of stored histograms whether they come after a counter reset, as Prometheus knows it from
 * how it wrote them: one that continues the sample before is no reset; of others nothing is known,
 * whatever their sender said.
 */
public final class WrittenHints {
  private WrittenHints() {}

  /**
   * Sets the hints of the samples from {@code first} on.
   *
   * @param samples from the oldest to the newest, none left out in between
   */
  public static void set(SampleColumns samples, int first) {
    NativeHistogram previous = null;
    for (int i = first; i < samples.size; i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram == null || SampleColumns.isStale(histogram.sum())) {
        previous = null;
        continue;
      }
      samples.histogramColumn()[i] = histogram.with(hint(previous, histogram));
      previous = histogram;
    }
  }

  private static CounterReset hint(@Nullable NativeHistogram previous, NativeHistogram current) {
    if (current.counterReset() == CounterReset.GAUGE) {
      return CounterReset.GAUGE;
    }
    return previous == null ? CounterReset.UNKNOWN : CounterResets.hint(previous, current);
  }

  /** Removes the samples from {@code first} on that are older than a time. */
  public static void dropBefore(SampleColumns samples, int first, long minTime) {
    int kept = first;
    while (kept < samples.size && samples.times[kept] < minTime) {
      kept++;
    }
    int moved = samples.size - kept;
    System.arraycopy(samples.times, kept, samples.times, first, moved);
    System.arraycopy(samples.values, kept, samples.values, first, moved);
    if (samples.histograms != null) {
      System.arraycopy(samples.histograms, kept, samples.histograms, first, moved);
    }
    if (samples.startTimes != null) {
      System.arraycopy(samples.startTimes, kept, samples.startTimes, first, moved);
    }
    samples.size = first + moved;
  }
}
