package io.lookout.query.promql.exec;

import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.function.CallSite;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.promql.value.Annotations;
import org.jspecify.annotations.Nullable;

/**
 * What all operators of one evaluation share.
 *
 * @param profile counts what they do; null where nobody wants to know
 */
record Evaluation(
    Plan plan,
    SampleSource source,
    Workers workers,
    Budget budget,
    Annotations annotations,
    @Nullable Profile profile) {
  Query query() {
    return plan.query();
  }

  CallSite site(Call call) {
    return new CallSite(call, annotations, query().language());
  }

  /** The fetched series of a selector. */
  SeriesSet selected(int selection, boolean ordered) {
    Selection wanted = plan.selections().get(selection);
    return ordered ? source.select(wanted) : source.inAnyOrder(wanted);
  }
}
