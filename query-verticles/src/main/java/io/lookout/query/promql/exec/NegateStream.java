package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/** {@code -v}. */
record NegateStream(SeriesStream inner) implements SeriesStream {
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
    return true;
  }

  @Override
  public Cursor cursor() {
    Cursor cursor = inner.cursor();
    return series -> negate(cursor.get(series));
  }

  private static @Nullable SeriesSteps negate(@Nullable SeriesSteps series) {
    if (series == null) {
      return null;
    }
    SeriesSteps negated = SeriesSteps.absent(series.labels(), true, series.size());
    for (int i = 0; i < series.size(); i++) {
      NativeHistogram histogram = series.histogram(i);
      if (histogram != null) {
        negated.set(i, HistogramValues.scaled(histogram, -1));
      } else if (series.present(i)) {
        negated.values[i] = -series.values[i];
      }
    }
    return negated;
  }
}
