package io.lookout.query.promql.exec;

import io.lookout.model.Labels;

/** Counts the samples that an operator reads. */
record MeteredSet(SeriesSet set, OperatorMeter meter) implements SeriesSet {
  @Override
  public int size() {
    return set.size();
  }

  @Override
  public Labels labels(int series) {
    return set.labels(series);
  }

  @Override
  public Reader reader() {
    Reader reader = set.reader();
    return (series, minTime, maxTime, out) -> {
      int before = out.size;
      reader.read(series, minTime, maxTime, out);
      meter.read(out.size - before);
    };
  }
}
