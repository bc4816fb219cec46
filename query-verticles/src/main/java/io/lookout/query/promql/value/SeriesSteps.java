package io.lookout.query.promql.value;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One series of a result: an entry for each step. An entry is a float, or a native histogram where
 * {@code histograms[i]} is not null (its value is 0 then), or {@link #ABSENT}.
 *
 * <p>The arrays are open to hot loops. Whoever made them may write until they are handed on; nobody
 * does afterwards.
 */
public final class SeriesSteps {
  /**
   * Where a series has no sample at a step: the bits of the staleness marker, which is never a
   * result.
   */
  public static final double ABSENT = SampleColumns.STALE_NAN;

  private final Labels labels;
  private final boolean dropName;

  public final double[] values;
  public @Nullable NativeHistogram @Nullable [] histograms;

  /**
   * @param dropName whether the metric name (with type and unit) is to be removed from the final
   *     result: PromQL's delayed name removal
   */
  public SeriesSteps(
      Labels labels,
      boolean dropName,
      double[] values,
      @Nullable NativeHistogram @Nullable [] histograms) {
    this.labels = labels;
    this.dropName = dropName;
    this.values = values;
    this.histograms = histograms;
  }

  /** A series that is absent at all steps, to be filled. */
  public static SeriesSteps absent(Labels labels, boolean dropName, int steps) {
    return new SeriesSteps(labels, dropName, absentValues(steps), null);
  }

  public static double[] absentValues(int steps) {
    double[] values = new double[steps];
    Arrays.fill(values, ABSENT);
    return values;
  }

  /** Whether a value means that there is no sample. */
  public static boolean isAbsent(double value) {
    return Double.doubleToRawLongBits(value) == SampleColumns.STALE_NAN_BITS;
  }

  public Labels labels() {
    return labels;
  }

  public boolean dropName() {
    return dropName;
  }

  public int size() {
    return values.length;
  }

  public boolean present(int i) {
    return !isAbsent(values[i]);
  }

  /** The first step with a sample; the size where there is none. */
  public int first() {
    int i = 0;
    while (i < values.length && !present(i)) {
      i++;
    }
    return i;
  }

  /** The last step with a sample; −1 where there is none. */
  public int last() {
    int i = values.length - 1;
    while (i >= 0 && !present(i)) {
      i--;
    }
    return i;
  }

  public @Nullable NativeHistogram histogram(int i) {
    return histograms == null ? null : histograms[i];
  }

  /** Puts a histogram; the column is made on first use. */
  public void set(int i, NativeHistogram histogram) {
    @Nullable NativeHistogram[] column = histograms;
    if (column == null) {
      column = new NativeHistogram[values.length];
      histograms = column;
    }
    column[i] = histogram;
    values[i] = 0;
  }

  public boolean isEmpty() {
    for (double value : values) {
      if (!isAbsent(value)) {
        return false;
      }
    }
    return true;
  }

  /** The same samples under other labels. */
  public SeriesSteps with(Labels newLabels, boolean newDropName) {
    return new SeriesSteps(newLabels, newDropName, values, histograms);
  }
}
