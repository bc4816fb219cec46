package io.lookout.query.promql.plan;

import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.Expr;
import java.util.Set;

/** Whether the outermost operation puts its result into an order. */
final class OrderedResult {
  private static final Set<String> SORTS =
      Set.of("sort", "sort_desc", "sort_by_label", "sort_by_label_desc");

  private OrderedResult() {}

  static boolean of(Expr expr) {
    return switch (CallPlanner.bare(expr)) {
      case AggregateExpr aggregate ->
          aggregate.op() == AggregateOp.TOPK || aggregate.op() == AggregateOp.BOTTOMK;
      case Call call -> SORTS.contains(call.function().name());
      default -> false;
    };
  }
}
