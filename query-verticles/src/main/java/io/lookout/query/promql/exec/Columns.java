package io.lookout.query.promql.exec;

import io.lookout.model.SampleColumns;
import io.lookout.model.aggregate.BucketColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Samples of one series, floats and histograms apart, without staleness markers. */
final class Columns {
  private static final long[] NO_TIMES = {};
  private static final NativeHistogram[] NO_HISTOGRAMS = {};

  long[] times = NO_TIMES;
  double[] values = {};
  long[] startTimes = NO_TIMES;
  int floats;

  /** Beside the floats, where these are the last of buckets. */
  @Nullable BucketColumns buckets;

  long[] histogramTimes = NO_TIMES;
  NativeHistogram[] histograms = NO_HISTOGRAMS;
  int histogramCount;

  boolean isEmpty() {
    return floats == 0 && histogramCount == 0;
  }

  /** Takes what was read. The arrays may be shared with it. */
  void take(SampleColumns samples) {
    histogramCount = 0;
    startTimes = NO_TIMES;
    buckets = samples.buckets;
    if (samples.histograms != null) {
      split(samples);
      return;
    }
    times = samples.times;
    values = samples.values;
    if (samples.startTimes != null) {
      startTimes = samples.startTimes;
    }
    floats = samples.size;
    dropStale();
  }

  private void dropStale() {
    if (!anyStale()) {
      return;
    }
    int kept = 0;
    for (int i = 0; i < floats; i++) {
      if (SampleColumns.isStale(values[i])) {
        continue;
      }
      if (kept != i) {
        times[kept] = times[i];
        values[kept] = values[i];
        move(i, kept);
        if (startTimes.length > 0) {
          startTimes[kept] = startTimes[i];
        }
      }
      kept++;
    }
    floats = kept;
  }

  private boolean anyStale() {
    boolean any = false;
    for (int i = 0; i < floats; i++) {
      any |= SampleColumns.isStale(values[i]);
    }
    return any;
  }

  private void split(SampleColumns samples) {
    int size = samples.size;
    times = new long[size];
    values = new double[size];
    histogramTimes = new long[size];
    histograms = new NativeHistogram[size];
    startTimes = samples.startTimes == null ? NO_TIMES : new long[size];
    floats = 0;
    for (int i = 0; i < size; i++) {
      NativeHistogram histogram = samples.histogram(i);
      if (SampleColumns.isStale(histogram == null ? samples.values[i] : histogram.sum())) {
        continue;
      }
      if (histogram != null) {
        add(samples.times[i], histogram);
      } else {
        if (startTimes.length > 0) {
          startTimes[floats] = samples.startTimeAt(i);
        }
        move(i, floats);
        times[floats] = samples.times[i];
        values[floats++] = samples.values[i];
      }
    }
  }

  private void move(int from, int to) {
    BucketColumns moved = buckets;
    if (moved != null) {
      moved.copy(moved, from, to);
    }
  }

  private void add(long time, NativeHistogram histogram) {
    histogramTimes[histogramCount] = time;
    histograms[histogramCount++] = histogram;
  }

  /** Takes the results of a subquery: its samples are at its steps. */
  void take(SeriesSteps series, Steps steps) {
    int size = series.size();
    if (times.length < size) {
      times = new long[size];
      values = new double[size];
    }
    startTimes = NO_TIMES;
    buckets = null;
    floats = 0;
    histogramCount = 0;
    @Nullable NativeHistogram[] column = series.histograms;
    if (column != null) {
      histogramTimes = new long[size];
      histograms = new NativeHistogram[size];
    }
    for (int i = 0; i < size; i++) {
      if (column != null && column[i] != null) {
        add(steps.at(i), withoutHint(Objects.requireNonNull(column[i])));
      } else if (series.present(i)) {
        times[floats] = steps.at(i);
        values[floats++] = series.values[i];
      }
    }
  }

  /** What a hint says of a reset is about the sample before, which may lie between the steps. */
  private static NativeHistogram withoutHint(NativeHistogram histogram) {
    return histogram.counterReset() == CounterReset.GAUGE
        ? histogram
        : histogram.with(CounterReset.UNKNOWN);
  }
}
