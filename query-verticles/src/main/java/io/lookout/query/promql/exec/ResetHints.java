package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.CounterResets;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;

/**
 * Series whose histograms all say whether they come after a counter reset, as far as the sample
 * before tells. For queries that only look at counts and sums: after what they are about to do with
 * the buckets nobody can find out any more.
 */
record ResetHints(SeriesSet set) implements SeriesSet {
  @Override
  public int size() {
    return set.size();
  }

  @Override
  public Labels labels(int series) {
    return set.labels(series);
  }

  @Override
  public Reader reader() {
    Reader reader = set.reader();
    return (series, minTime, maxTime, out) -> {
      int first = out.size;
      reader.read(series, minTime, maxTime, out);
      if (out.histograms != null) {
        hint(out, first);
      }
    };
  }

  private static void hint(SampleColumns samples, int first) {
    NativeHistogram previous = null;
    for (int i = first; i < samples.size; i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (histogram == null || SampleColumns.isStale(histogram.sum())) {
        continue;
      }
      if (previous != null && histogram.counterReset() == CounterReset.UNKNOWN) {
        boolean reset = CounterResets.isReset(previous, histogram);
        samples.histogramColumn()[i] = histogram.with(reset ? CounterReset.YES : CounterReset.NO);
      }
      previous = histogram;
    }
  }
}
