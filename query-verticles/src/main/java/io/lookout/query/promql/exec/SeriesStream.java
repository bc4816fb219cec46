package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/** Series that are computed when they are asked for, each at most once. */
interface SeriesStream {
  int size();

  Labels labels(int series);

  /** Whether the metric name is to be removed in the end. */
  boolean dropName(int series);

  /** Computes for one thread. */
  Cursor cursor();

  /** Computes series, in any order; holds scratch space. */
  interface Cursor {
    /** A series, or null where it has no sample at any step. */
    @Nullable SeriesSteps get(int series);
  }
}
