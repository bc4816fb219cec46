package io.lookout.app.tsdb;

import io.lookout.model.Labels;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;

/**
 * Takes what a log says, in the order of writing; what nobody asks for goes nowhere. Times are ms;
 * series have numbers.
 */
interface LogVisitor {
  /** From now on the number means these labels. */
  default void series(long number, Labels labels) {}

  /**
   * @param startTime 0 where unknown
   */
  default void sample(long series, long time, long startTime, double value) {}

  /** As above. */
  default void sample(long series, long time, long startTime, NativeHistogram histogram) {}

  /** Samples in [minTime, maxTime] were deleted, those that came later too. */
  default void deleted(long series, long minTime, long maxTime) {}

  default void exemplar(long series, Exemplar exemplar) {}

  /**
   * @param type as remote write numbers types: 1 counter, 2 gauge, ...; 0 unknown
   */
  default void metadata(long series, int type, String help, String unit) {}

  /** A record that only a later version knows. */
  default void unknown(int type) {}
}
