package io.lookout.query.promql.ast;

import java.util.ArrayList;
import java.util.List;

/** The selectors of an expression. */
public final class VectorSelectors {
  private VectorSelectors() {}

  /** All of them, as they stand from left to right. */
  public static List<VectorSelector> of(Expr expr) {
    List<VectorSelector> found = new ArrayList<>();
    find(expr, found);
    return found;
  }

  private static void find(Expr expr, List<VectorSelector> found) {
    switch (expr) {
      case VectorSelector selector -> found.add(selector);
      case MatrixSelector range -> found.add(range.selector());
      case SubqueryExpr subquery -> find(subquery.expr(), found);
      case ParenExpr paren -> find(paren.expr(), found);
      case UnaryExpr unary -> find(unary.expr(), found);
      case Call call -> call.args().forEach(argument -> find(argument, found));
      case AggregateExpr aggregate -> {
        Expr parameter = aggregate.parameter();
        if (parameter != null) {
          find(parameter, found);
        }
        find(aggregate.expr(), found);
      }
      case BinaryExpr binary -> {
        find(binary.left(), found);
        find(binary.right(), found);
      }
      case NumberLiteral number -> {}
      case StringLiteral string -> {}
    }
  }
}
