package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import org.jspecify.annotations.Nullable;

/** Series with all samples that the windows of any step may want. */
interface RangeStream {
  int size();

  Labels labels(int series);

  boolean dropName(int series);

  /** Reads for one thread. */
  Cursor cursor();

  /** Reads series; what it gives is good until it is asked again. */
  interface Cursor {
    /** The samples of a series, or null where there are none. */
    @Nullable Columns get(int series);
  }
}
