package io.lookout.query.promql.function;

import io.lookout.model.Labels;
import io.lookout.model.StartTimes;
import io.lookout.model.aggregate.BucketColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.ast.SelectorMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series in a range of time, as a {@link RangeFunction} sees them: floats at
 * {@code [lo, hi)} of the float columns, histograms at {@code [histogramLo, histogramHi)} of the
 * histogram columns. Staleness markers are not among them.
 *
 * <pre>
 *   times   ──────●────●────●────●────●────●────●──────
 *                      lo                  hi
 *               (start                end]
 * </pre>
 *
 * The columns hold the whole series; the window slides over them from step to step. The range is
 * open at its start and closed at its end.
 */
public final class Window extends Emission {
  private static final int[] NO_RESETS = {};

  /** Of the floats, ms. */
  public long[] times = {};

  public double[] values = {};

  /** Start timestamps of the floats, ms, 0 where unknown; empty where no sample has one. */
  public long[] startTimes = {};

  /** Beside the floats, where each is the last of a bucket; null where they are samples. */
  public @Nullable BucketColumns buckets;

  /** First float of the window. */
  public int lo;

  /** After the last float of the window. */
  public int hi;

  /** Of the histograms, ms. */
  public long[] histogramTimes = {};

  public NativeHistogram[] histograms = {};

  /** First histogram of the window. */
  public int histogramLo;

  /** After the last histogram of the window. */
  public int histogramHi;

  /** Where the range starts, exclusive: offset and {@code @} applied, ms. */
  public long start;

  /** Where the range ends, inclusive, ms. */
  public long end;

  /** The evaluation time of the step, ms. */
  public long time;

  public Labels labels = Labels.EMPTY;

  /**
   * Unless plain, the window also holds what lies up to a look-back before the range, and if
   * smoothed up to a look-back after it; {@code start} and {@code end} are still those of the
   * range.
   */
  public final SelectorMode mode;

  /** For a note that a function makes once a series. */
  boolean noted;

  private int floats;

  /** Where the counter was reset, as far as {@code resetCount}, once it is known. */
  private int[] resets = NO_RESETS;

  private int resetCount;
  private boolean resetsKnown;

  /** Resets at or before the float that was asked for last. */
  private int resetsPassed;

  public Window(CallSite site, SelectorMode mode) {
    super(site);
    this.mode = mode;
  }

  /**
   * Moves on to another series. The columns have been set.
   *
   * @param count floats in the columns
   */
  public void begin(Labels series, int count) {
    labels = series;
    floats = count;
    lo = 0;
    hi = 0;
    histogramLo = 0;
    histogramHi = 0;
    resetsKnown = false;
    noted = false;
  }

  /** Floats in the window. */
  public int floats() {
    return hi - lo;
  }

  /** Histograms in the window. */
  public int histogramCount() {
    return histogramHi - histogramLo;
  }

  /** How long the range is, ms. */
  public long range() {
    return end - start;
  }

  public String metricName() {
    return labels.metricName();
  }

  /**
   * The index of the last float at or before {@code i} that is a counter reset: below the float
   * before it, or restarted according to its start timestamp. −1 where there is none. Looked for
   * once a series; resets are few, and who asks moves slowly over them.
   */
  public int lastReset(int i) {
    if (!resetsKnown) {
      findResets();
    }
    int at = resetsPassed;
    while (at < resetCount && resets[at] <= i) {
      at++;
    }
    while (at > 0 && resets[at - 1] > i) {
      at--;
    }
    resetsPassed = at;
    return at == 0 ? -1 : resets[at - 1];
  }

  /** The index of the first reset after {@code i}; beyond all floats where there is none. */
  int nextReset(int i) {
    lastReset(i);
    return resetsPassed < resetCount ? resets[resetsPassed] : Integer.MAX_VALUE;
  }

  private void findResets() {
    resetsKnown = true;
    resetCount = 0;
    resetsPassed = 0;
    double[] column = values;
    boolean mayRestart = startTimes.length > 0;
    for (int i = 1; i < floats; i++) {
      if (column[i] < column[i - 1] || (mayRestart && isRestart(i))) {
        addReset(i);
      }
    }
  }

  private void addReset(int i) {
    if (resetCount == resets.length) {
      resets = Arrays.copyOf(resets, Math.max(16, 2 * resetCount));
    }
    resets[resetCount++] = i;
  }

  private boolean isRestart(int i) {
    return StartTimes.isReset(startTimes[i - 1], times[i - 1], startTimes[i], times[i]);
  }
}
