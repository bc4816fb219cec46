package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;

/** Series that have been computed. */
record ListStream(List<SeriesSteps> series) implements SeriesStream {
  ListStream {
    series = List.copyOf(series);
  }

  @Override
  public int size() {
    return series.size();
  }

  @Override
  public Labels labels(int i) {
    return series.get(i).labels();
  }

  @Override
  public boolean dropName(int i) {
    return series.get(i).dropName();
  }

  @Override
  public Cursor cursor() {
    return series::get;
  }
}
