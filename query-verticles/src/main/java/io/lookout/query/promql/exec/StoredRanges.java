package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import org.jspecify.annotations.Nullable;

/** Stored samples for windows. */
record StoredRanges(SeriesSet set, long minTime, long maxTime, Budget budget)
    implements RangeStream {
  @Override
  public int size() {
    return set.size();
  }

  @Override
  public Labels labels(int series) {
    return set.labels(series);
  }

  @Override
  public boolean dropName(int series) {
    return false;
  }

  @Override
  public Cursor cursor() {
    SeriesSet.Reader reader = set.reader();
    SampleColumns samples = new SampleColumns();
    Columns columns = new Columns();
    return series -> read(reader, samples, columns, series);
  }

  private @Nullable Columns read(
      SeriesSet.Reader reader, SampleColumns samples, Columns columns, int series) {
    budget.check();
    samples.clear();
    reader.read(series, minTime, maxTime, samples);
    budget.samples(samples.size);
    columns.take(samples);
    return columns.isEmpty() ? null : columns;
  }
}
