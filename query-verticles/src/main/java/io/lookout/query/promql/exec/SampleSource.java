package io.lookout.query.promql.exec;

import io.lookout.query.promql.plan.Selection;

/** Samples that were fetched before the evaluation: nothing here waits. */
public interface SampleSource {
  /** The series of a selection of the plan. */
  SeriesSet select(Selection selection);

  /** The same, not necessarily in the order of labels: for those to whom it makes no difference. */
  default SeriesSet inAnyOrder(Selection selection) {
    return select(selection);
  }
}
