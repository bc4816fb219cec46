package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;

/**
 * Selected series, each once, in the order of their labels unless any was good enough. Read by
 * several threads.
 */
public interface SeriesSet {
  int size();

  Labels labels(int series);

  /** A reader for one thread. */
  Reader reader();

  /** Reads series; holds scratch space. */
  interface Reader {
    /**
     * Appends the samples of a series whose times are in [minTime, maxTime], both inclusive, ms;
     * times strictly ascend.
     */
    void read(int series, long minTime, long maxTime, SampleColumns out);
  }
}
