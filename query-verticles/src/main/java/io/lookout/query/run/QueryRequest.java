package io.lookout.query.run;

import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.select.Gaps;
import java.time.Duration;

/**
 * A query to be run.
 *
 * @param text what {@code expr} was read from: positions of annotations are told in it
 * @param timeout at most; the setting counts where it is less
 * @param explain whether the work of the operators is to be counted
 * @param gaps takes what the answer lacks, where it may lack something
 */
public record QueryRequest(
    String tenant,
    String text,
    Expr expr,
    Query query,
    Duration timeout,
    boolean explain,
    Gaps gaps) {}
