package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was evaluated for one step, at all steps. */
record RepeatStream(SeriesStream inner, int steps) implements SeriesStream {
  @Override
  public int size() {
    return inner.size();
  }

  @Override
  public Labels labels(int series) {
    return inner.labels(series);
  }

  @Override
  public boolean dropName(int series) {
    return inner.dropName(series);
  }

  @Override
  public Cursor cursor() {
    Cursor cursor = inner.cursor();
    return series -> repeat(cursor.get(series));
  }

  private @Nullable SeriesSteps repeat(@Nullable SeriesSteps series) {
    if (series == null) {
      return null;
    }
    double[] values = new double[steps];
    Arrays.fill(values, series.values[0]);
    NativeHistogram histogram = series.histogram(0);
    @Nullable NativeHistogram[] histograms = null;
    if (histogram != null) {
      histograms = new NativeHistogram[steps];
      Arrays.fill(histograms, histogram);
    }
    return new SeriesSteps(series.labels(), series.dropName(), values, histograms);
  }
}
