package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.plan.TimeShift;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The last sample of each series at or before each step, unless it is a look-back old or a
 * staleness marker.
 */
final class InstantStream implements SeriesStream {
  /**
   * How samples are looked up.
   *
   * @param times whether the time of the sample (seconds) is wanted in place of its value
   */
  record Lookup(Steps steps, TimeShift shift, long lookback, boolean times) {
    long minTime() {
      return shift.apply(steps.start()) - lookback + 1;
    }

    long maxTime() {
      return shift.apply(steps.at(steps.count() - 1));
    }
  }

  private final SeriesSet set;
  private final Lookup lookup;
  private final Budget budget;

  InstantStream(SeriesSet set, Lookup lookup, Budget budget) {
    this.set = set;
    this.lookup = lookup;
    this.budget = budget;
  }

  @Override
  public int size() {
    return set.size();
  }

  @Override
  public Labels labels(int series) {
    return set.labels(series);
  }

  @Override
  public boolean dropName(int series) {
    return lookup.times;
  }

  @Override
  public Cursor cursor() {
    SeriesSet.Reader reader = set.reader();
    SampleColumns samples = new SampleColumns();
    return series -> {
      budget.check();
      samples.clear();
      reader.read(series, lookup.minTime(), lookup.maxTime(), samples);
      budget.samples(samples.size);
      return pick(series, samples);
    };
  }

  private @Nullable SeriesSteps pick(int series, SampleColumns samples) {
    int count = lookup.steps.count();
    SeriesSteps result = null;
    int next = 0;
    for (int step = 0; step < count; step++) {
      long time = lookup.shift.apply(lookup.steps.at(step));
      while (next < samples.size && samples.times[next] <= time) {
        next++;
      }
      int last = next - 1;
      if (last >= 0 && samples.times[last] > time - lookup.lookback && !isStale(samples, last)) {
        result =
            result == null
                ? SeriesSteps.absent(set.labels(series), dropName(series), count)
                : result;
        put(result, step, samples, last);
      }
    }
    return result;
  }

  private static boolean isStale(SampleColumns samples, int i) {
    NativeHistogram histogram = samples.histogram(i);
    return SampleColumns.isStale(histogram == null ? samples.values[i] : histogram.sum());
  }

  private void put(SeriesSteps result, int step, SampleColumns samples, int i) {
    NativeHistogram histogram = samples.histogram(i);
    if (lookup.times) {
      result.values[step] = samples.times[i] / 1000.0;
    } else if (histogram != null) {
      result.set(step, histogram);
    } else {
      result.values[step] = samples.values[i];
    }
  }
}
