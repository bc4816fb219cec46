package io.lookout.query.opentsdb;

import io.lookout.model.SampleColumns;
import java.util.Arrays;
import java.util.List;

/**
 * Brings the series of a group onto their common times and makes one of them: at each time at which
 * any has a point, those count that have begun and not ended. One that has no point there counts as
 * {@link Aggregator.Missing} says.
 */
final class Interpolation {
  /** Between two looks at whether somebody still waits. */
  private static final int STEPS = 1024;

  private final Aggregator aggregator;
  private final SampleColumns[] series;
  private final int[] at;
  private final double[] values;
  private final Runnable wanted;

  /**
   * @param wanted throws where nobody waits for the result any more
   */
  Interpolation(Aggregator aggregator, List<SampleColumns> series, Runnable wanted) {
    this.aggregator = aggregator;
    this.series = series.toArray(new SampleColumns[0]);
    this.at = new int[series.size()];
    this.values = new double[series.size()];
    this.wanted = wanted;
  }

  /**
   * @param keepsNan whether a time at which no series has a value is answered, as NaN
   * @param most so many steps, times multiplied by series, may be taken
   */
  SampleColumns fold(boolean keepsNan, long most) {
    long[] times = times();
    if ((long) times.length * series.length > most) {
      throw Bad.request(
          series.length
              + " series have "
              + times.length
              + " different times, too many to be interpolated (query.samples.max): downsample");
    }
    SampleColumns result = new SampleColumns(Math.max(1, times.length));
    for (int i = 0; i < times.length; i++) {
      int n = collect(times[i]);
      if (n > 0) {
        result.add(times[i], aggregator.fold().of(values, n));
      } else if (keepsNan) {
        result.add(times[i], Double.NaN);
      }
      if (i % STEPS == 0) {
        wanted.run();
      }
    }
    return result;
  }

  /** All times once, sorted. */
  private long[] times() {
    int size = 0;
    for (SampleColumns each : series) {
      size = Math.addExact(size, each.size);
    }
    long[] times = new long[size];
    int end = 0;
    for (SampleColumns each : series) {
      System.arraycopy(each.times, 0, times, end, each.size);
      end += each.size;
    }
    Arrays.sort(times);
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || times[i] != times[i - 1]) {
        times[distinct++] = times[i];
      }
    }
    return Arrays.copyOf(times, distinct);
  }

  private int collect(long time) {
    int n = 0;
    for (int s = 0; s < series.length; s++) {
      SampleColumns points = series[s];
      int i = at[s];
      while (i < points.size && points.times[i] < time) {
        i++;
      }
      at[s] = i;
      if (i < points.size && (i > 0 || points.times[i] == time)) {
        double value = points.times[i] == time ? points.values[i] : missing(points, i, time);
        if (!Double.isNaN(value)) {
          values[n++] = value;
        }
      }
    }
    return n;
  }

  /** The value between point i - 1 and point i. */
  private double missing(SampleColumns points, int i, long time) {
    return switch (aggregator.missing()) {
      case ZERO -> 0;
      case LEFT_OUT -> Double.NaN;
      case INTERPOLATED -> {
        double before = points.values[i - 1];
        double part =
            (double) (time - points.times[i - 1]) / (points.times[i] - points.times[i - 1]);
        yield before + part * (points.values[i] - before);
      }
    };
  }
}
