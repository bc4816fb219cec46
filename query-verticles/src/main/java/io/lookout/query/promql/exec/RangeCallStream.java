package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.function.BucketFunctions;
import io.lookout.query.promql.function.CallSite;
import io.lookout.query.promql.function.RangeFunction;
import io.lookout.query.promql.function.Window;
import io.lookout.query.promql.plan.RangeSource;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import org.jspecify.annotations.Nullable;

/**
 * A range function over windows that slide along each series: both edges only move forward, so that
 * a series costs its samples once, and what the function does with each window.
 */
final class RangeCallStream implements SeriesStream {
  /**
   * What the windows of a call are like.
   *
   * @param reach how far an extended window looks beyond its range, ms
   * @param parameters a column for each scalar argument
   */
  @SuppressWarnings("ArrayRecordComponent") // Columns; never compared.
  record Windows(
      CallSite site, RangeSource source, Steps steps, long reach, double[][] parameters) {}

  private static final long[] NO_TIMES = {};

  /** After so many samples in windows it is asked whether anybody still wants the answer. */
  private static final long CHECKED_WORK = 1 << 20;

  /** What a histogram in a window costs, in floats. */
  private static final int HISTOGRAM_WORK = 64;

  private final RangeStream ranges;
  private final RangeFunction function;
  private final RangeFunction overBuckets;
  private final boolean keepsName;
  private final Windows windows;
  private final Budget budget;

  RangeCallStream(
      RangeStream ranges,
      RangeFunction function,
      boolean keepsName,
      Windows windows,
      Budget budget) {
    this.budget = budget;
    this.ranges = ranges;
    this.function = function;
    this.overBuckets = BucketFunctions.of(windows.site.function(), function);
    this.keepsName = keepsName;
    this.windows = windows;
  }

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
    return !keepsName || ranges.dropName(series);
  }

  @Override
  public Cursor cursor() {
    return new Slider();
  }

  /** Slides a window over one series after the other. */
  private final class Slider implements Cursor {
    private final RangeStream.Cursor cursor = ranges.cursor();
    private final Window window = new Window(windows.site, windows.source.mode());
    private final double[] parameters = new double[windows.parameters.length];
    private final boolean startTimes = windows.site.language().has(Feature.START_TIMESTAMPS);
    private final long before;
    private final long after;

    // By how many floats the edges moved at the last step: mostly so many again.
    private int loStride;
    private int hiStride;

    private long work;

    Slider() {
      SelectorMode mode = windows.source.mode();
      before = windows.source.range() + (mode == SelectorMode.PLAIN ? 0 : windows.reach);
      after = mode == SelectorMode.SMOOTHED ? windows.reach : 0;
      window.parameters(parameters);
    }

    @Override
    public @Nullable SeriesSteps get(int series) {
      Columns columns = cursor.get(series);
      if (columns == null) {
        return null;
      }
      begin(columns, ranges.labels(series));
      RangeFunction applied = columns.buckets == null ? function : overBuckets;
      SeriesSteps result = null;
      int count = windows.steps.count();
      for (int step = 0; step < count; step++) {
        move(step, columns);
        if (window.lo == window.hi && window.histogramLo == window.histogramHi) {
          continue;
        }
        checkNowAndThen();
        double value = applied.apply(window);
        if (!SeriesSteps.isAbsent(value)) {
          result = result == null ? empty(series, count) : result;
          put(result, step, value);
        }
      }
      return result;
    }

    /** A single series may take for ever where windows are wide and steps many. */
    private void checkNowAndThen() {
      work += 1 + window.hi - window.lo;
      work += (long) HISTOGRAM_WORK * (window.histogramHi - window.histogramLo);
      if (work >= CHECKED_WORK) {
        work = 0;
        budget.check();
      }
    }

    private SeriesSteps empty(int series, int count) {
      return SeriesSteps.absent(ranges.labels(series), dropName(series), count);
    }

    private void begin(Columns columns, Labels labels) {
      window.times = columns.times;
      window.values = columns.values;
      window.buckets = columns.buckets;
      window.startTimes = startTimes ? columns.startTimes : NO_TIMES;
      window.histogramTimes = columns.histogramTimes;
      window.histograms = columns.histograms;
      window.begin(labels, columns.floats);
    }

    private void move(int step, Columns columns) {
      long time = windows.steps.at(step);
      window.time = time;
      window.end = windows.source.shift().apply(time);
      window.start = window.end - windows.source.range();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = windows.parameters[i][step];
      }
      long from = window.end - before;
      long to = window.end + after;
      int lo = beyond(columns.times, window.lo, loStride, columns.floats, from);
      int hi = beyond(columns.times, window.hi, hiStride, columns.floats, to);
      loStride = lo - window.lo;
      hiStride = hi - window.hi;
      window.lo = lo;
      window.hi = hi;
      if (columns.histogramCount > 0) {
        int count = columns.histogramCount;
        window.histogramLo = beyond(columns.histogramTimes, window.histogramLo, 0, count, from);
        window.histogramHi = beyond(columns.histogramTimes, window.histogramHi, 0, count, to);
      }
    }

    private void put(SeriesSteps result, int step, double value) {
      NativeHistogram histogram = window.takeHistogram();
      if (histogram == null) {
        result.values[step] = value;
      } else {
        result.set(step, histogram);
      }
    }
  }

  /**
   * The first index at or after {@code i} whose time is later.
   *
   * @param stride how much further it may be: looked at first
   */
  private static int beyond(long[] times, int i, int stride, int count, long time) {
    int at = i + stride;
    if (at > count || (stride > 0 && times[at - 1] > time)) {
      at = i;
    }
    while (at < count && times[at] <= time) {
      at++;
    }
    return at;
  }
}
