package io.lookout.query.promql.plan;

import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.DurationExpr;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.MatrixSelector;
import io.lookout.query.promql.ast.NumberLiteral;
import io.lookout.query.promql.ast.ParenExpr;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.StringLiteral;
import io.lookout.query.promql.ast.SubqueryExpr;
import io.lookout.query.promql.ast.UnaryExpr;
import io.lookout.query.promql.ast.VectorSelector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds selectors in syntax. */
final class SelectorOf {
  private SelectorOf() {}

  /** The first selector in an expression; one without matchers, offset or time if there is none. */
  static VectorSelector first(Expr expr) {
    return find(expr)
        .orElseGet(() ->
            new VectorSelector(
                expr.position(),
                "",
                List.of(),
                new DurationExpr.Literal(0),
                null,
                SelectorMode.PLAIN));
  }

  private static Optional<VectorSelector> find(Expr expr) {
    return switch (expr) {
      case VectorSelector selector -> Optional.of(selector);
      case MatrixSelector matrix -> Optional.of(matrix.selector());
      case ParenExpr paren -> find(paren.expr());
      case UnaryExpr unary -> find(unary.expr());
      case SubqueryExpr subquery -> find(subquery.expr());
      case AggregateExpr aggregate -> find(aggregate.expr());
      case BinaryExpr binary -> firstOf(Stream.of(binary.left(), binary.right()));
      case Call call -> firstOf(call.args().stream());
      case NumberLiteral ignored -> Optional.empty();
      case StringLiteral ignored -> Optional.empty();
    };
  }

  private static Optional<VectorSelector> firstOf(Stream<Expr> exprs) {
    return exprs.flatMap(expr -> find(expr).stream()).findFirst();
  }
}
