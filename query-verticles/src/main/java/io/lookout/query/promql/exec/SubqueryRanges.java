package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import org.jspecify.annotations.Nullable;

/** The results of a subquery for windows. */
record SubqueryRanges(SeriesStream inner, Steps steps, Budget budget) implements RangeStream {
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
    SeriesStream.Cursor cursor = inner.cursor();
    Columns columns = new Columns();
    return series -> read(cursor, columns, series);
  }

  private @Nullable Columns read(SeriesStream.Cursor cursor, Columns columns, int series) {
    SeriesSteps result = cursor.get(series);
    if (result == null) {
      return null;
    }
    columns.take(result, steps);
    budget.samples(columns.floats + columns.histogramCount);
    return columns.isEmpty() ? null : columns;
  }
}
