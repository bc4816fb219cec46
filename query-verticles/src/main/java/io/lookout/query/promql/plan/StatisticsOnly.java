package io.lookout.query.promql.plan;

import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.MatrixSelector;
import io.lookout.query.promql.ast.NumberLiteral;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.StringLiteral;
import io.lookout.query.promql.ast.SubqueryExpr;
import io.lookout.query.promql.ast.UnaryExpr;
import io.lookout.query.promql.ast.VectorSelector;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The selectors of whose histograms a query only wants counts and sums:
 *
 * <pre>
 *   histogram_count(rate(x[5m]))              x
 *   histogram_quantile(0.9, rate(x[5m]))      none
 *   histogram_sum(x[5m:1m])                   none: steps may miss a reset in a bucket
 *   histogram_count(x </ 2)                   none
 * </pre>
 *
 * Where buckets are looked at anywhere above a selector, it is none of them.
 */
final class StatisticsOnly {
  private static final Set<String> STATISTICS =
      Set.of("histogram_count", "histogram_sum", "histogram_avg");
  private static final Set<String> BUCKETS =
      Set.of("histogram_quantile", "histogram_quantiles", "histogram_fraction");

  private final Set<VectorSelector> found = Collections.newSetFromMap(new IdentityHashMap<>());

  private StatisticsOnly() {}

  static StatisticsOnly of(Expr root) {
    StatisticsOnly selectors = new StatisticsOnly();
    selectors.visit(root, false);
    return selectors;
  }

  boolean contains(VectorSelector selector) {
    return found.contains(selector);
  }

  private void visit(Expr expr, boolean statistics) {
    switch (expr) {
      case NumberLiteral ignored -> {}
      case StringLiteral ignored -> {}
      case VectorSelector selector -> {
        if (statistics) {
          found.add(selector);
        }
      }
      case MatrixSelector matrix -> visit(matrix.selector(), statistics);
      case SubqueryExpr ignored -> {}
      case ParenExpr paren -> visit(paren.expr(), statistics);
      case UnaryExpr unary -> visit(unary.expr(), statistics);
      case AggregateExpr aggregate -> visit(aggregate.expr(), statistics);
      case BinaryExpr binary -> {
        if (!binary.op().isTrim()) {
          visit(binary.left(), statistics);
          visit(binary.right(), statistics);
        }
      }
      case Call call -> {
        String name = call.function().name();
        if (!BUCKETS.contains(name)) {
          call.args().forEach(arg -> visit(arg, statistics || STATISTICS.contains(name)));
        }
      }
    }
  }
}
