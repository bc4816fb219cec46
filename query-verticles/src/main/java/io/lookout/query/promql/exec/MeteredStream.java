package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/** Counts and times the series of an operator. */
record MeteredStream(SeriesStream stream, OperatorMeter meter) implements SeriesStream {
  @Override
  public int size() {
    return stream.size();
  }

  @Override
  public Labels labels(int series) {
    return stream.labels(series);
  }

  @Override
  public boolean dropName(int series) {
    return stream.dropName(series);
  }

  @Override
  public Cursor cursor() {
    Cursor cursor = stream.cursor();
    return series -> get(cursor, series);
  }

  private @Nullable SeriesSteps get(Cursor cursor, int series) {
    long began = System.nanoTime();
    SeriesSteps result = cursor.get(series);
    meter.since(began);
    if (result != null) {
      meter.gave(result);
    }
    return result;
  }
}
