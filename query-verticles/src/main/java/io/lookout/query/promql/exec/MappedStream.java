package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/** A stream that makes something of each series of another one. Labels stay unless it says else. */
interface MappedStream extends SeriesStream {
  /** What is made of a series; one object a thread. */
  @FunctionalInterface
  interface Mapping {
    /** Null where nothing is left. */
    @Nullable SeriesSteps of(SeriesSteps series);
  }

  SeriesStream inner();

  /** For another thread. */
  Mapping mapping();

  @Override
  default int size() {
    return inner().size();
  }

  @Override
  default Labels labels(int series) {
    return inner().labels(series);
  }

  @Override
  default boolean dropName(int series) {
    return inner().dropName(series);
  }

  @Override
  default Cursor cursor() {
    Cursor cursor = inner().cursor();
    Mapping mapping = mapping();
    return series -> {
      SeriesSteps steps = cursor.get(series);
      return steps == null ? null : mapping.of(steps);
    };
  }
}
