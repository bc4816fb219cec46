package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;

/**
 * A group of an aggregation over all steps, as far as its series have been seen. Groups are folded
 * in parts, each part by one thread; parts are merged in the order of their series, so that results
 * are the same however many threads there are.
 */
interface Accumulator {
  /** Takes a series. */
  void add(SeriesSteps series);

  /** Takes a part that comes after this one, of the same class. */
  void merge(Accumulator later);

  /** The series of the group. */
  void results(Labels labels, boolean dropName, List<SeriesSteps> out);
}
