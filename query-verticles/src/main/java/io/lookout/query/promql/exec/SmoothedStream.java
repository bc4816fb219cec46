package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.query.promql.ast.VectorSelector;
import io.lookout.query.promql.function.Interpolation;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.Annotations;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/**
 * A selector that is {@code smoothed}: at each step the value on the line between the samples
 * around it, each within a look-back; the value before it where there is none after it.
 */
record SmoothedStream(
    RangeStream ranges,
    InstantStream.Lookup lookup,
    VectorSelector selector,
    Annotations annotations)
    implements SeriesStream {
  @Override
  public int size() {
    return ranges.size();
  }

  @Override
  public Labels labels(int series) {
    return ranges.labels(series);
  }

  @Override
  public boolean dropName(int series) {
    return false;
  }

  @Override
  public Cursor cursor() {
    RangeStream.Cursor cursor = ranges.cursor();
    return series -> smooth(series, cursor.get(series));
  }

  private @Nullable SeriesSteps smooth(int series, @Nullable Columns columns) {
    if (columns == null) {
      return null;
    }
    SeriesSteps result = SeriesSteps.absent(labels(series), false, lookup.steps().count());
    int next = 0;
    int nextHistogram = 0;
    for (int step = 0; step < result.size(); step++) {
      long time = lookup.shift().apply(lookup.steps().at(step));
      next = atOrAfter(columns.times, next, columns.floats, time);
      nextHistogram =
          atOrAfter(columns.histogramTimes, nextHistogram, columns.histogramCount, time);
      boolean floats = near(columns.times, next, columns.floats, time);
      boolean histograms =
          near(columns.histogramTimes, nextHistogram, columns.histogramCount, time);
      if (floats && histograms) {
        warn(AnnotationText.mixedFloatsHistograms(labels(series).metricName()));
      } else if (floats) {
        result.values[step] = value(columns, next, time);
      } else if (histograms) {
        put(result, step, columns, nextHistogram, time);
      }
    }
    return result.isEmpty() ? null : result;
  }

  private void warn(String message) {
    annotations.warn(message, selector.position());
  }

  private void informOfBounds(String operation) {
    annotations.info(AnnotationText.mismatchedCustomBuckets(operation), selector.position());
  }

  private static int atOrAfter(long[] times, int from, int count, long time) {
    int i = from;
    while (i < count && times[i] < time) {
      i++;
    }
    return i;
  }

  /** Whether a sample lies within a look-back on either side. */
  private boolean near(long[] times, int next, int count, long time) {
    return hasBefore(times, next, time) || hasAfter(times, next, count, time);
  }

  private boolean hasBefore(long[] times, int next, long time) {
    return next > 0 && times[next - 1] > time - lookup.lookback();
  }

  private boolean hasAfter(long[] times, int next, int count, long time) {
    return next < count && times[next] <= time + lookup.lookback();
  }

  private double value(Columns columns, int next, long time) {
    long[] times = columns.times;
    boolean before = hasBefore(times, next, time);
    boolean after = hasAfter(times, next, columns.floats, time);
    if (after && times[next] == time) {
      return columns.values[next];
    }
    if (!before) {
      return SeriesSteps.ABSENT;
    }
    double previous = columns.values[next - 1];
    return after
        ? Interpolation.between(
            times[next - 1], previous, times[next], columns.values[next], time, false)
        : previous;
  }

  private void put(SeriesSteps result, int step, Columns columns, int next, long time) {
    long[] times = columns.histogramTimes;
    boolean before = hasBefore(times, next, time);
    boolean after = hasAfter(times, next, columns.histogramCount, time);
    if (after && times[next] == time) {
      result.set(step, columns.histograms[next]);
    } else if (before && !after) {
      // A hint tells of the sample before, not of the value.
      result.set(step, columns.histograms[next - 1].with(CounterReset.UNKNOWN));
    } else if (before) {
      between(result, step, columns, next, time);
    }
  }

  private void between(SeriesSteps result, int step, Columns columns, int next, long time) {
    NativeHistogram a = columns.histograms[next - 1];
    NativeHistogram b = columns.histograms[next];
    if (a.hasCustomBuckets() != b.hasCustomBuckets()) {
      warn(AnnotationText.mixedExponentialCustomHistograms(result.labels().metricName()));
      return;
    }
    long[] times = columns.histogramTimes;
    double fraction = (double) (time - times[next - 1]) / (times[next] - times[next - 1]);
    boolean gauge =
        a.counterReset() == CounterReset.GAUGE && b.counterReset() == CounterReset.GAUGE;
    result.set(step, Interpolation.between(a, b, fraction, !gauge, this::informOfBounds));
  }
}
