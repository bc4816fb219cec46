package io.lookout.query.run;

import io.lookout.query.promql.exec.OperatorReport;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query.
 *
 * @param resolutions of aggregates that stood in for samples, ms, ascending
 * @param queuedNanos how long it waited for its turn
 * @param fetchNanos how long storage took
 * @param evalNanos how long the evaluation took
 * @param operators what each operator did, where that was asked for
 */
public record QueryAnswer(
    Plan plan,
    QueryResult result,
    List<Long> resolutions,
    long queuedNanos,
    long fetchNanos,
    long evalNanos,
    @Nullable OperatorReport operators) {}
