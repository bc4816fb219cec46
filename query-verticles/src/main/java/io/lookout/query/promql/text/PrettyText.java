package io.lookout.query.promql.text;

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
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * An expression over several lines, as Prometheus's {@code format_query} lays it out: what is
 * longer than {@value #MAX_LINE} bytes is split, its parts indented by two spaces.
 */
public final class PrettyText {
  private static final int MAX_LINE = 100;

  private PrettyText() {}

  public static String of(Expr expr) {
    return pretty(expr, 0);
  }

  private static String pretty(Expr expr, int level) {
    String indent = "  ".repeat(level);
    boolean whole = !needsSplit(expr);
    return switch (expr) {
      case SubqueryExpr e ->
          whole ? ExprText.of(e) : pretty(e.expr(), level) + ExprText.subquerySuffix(e);
      case UnaryExpr e -> indent + ExprText.sign(e) + pretty(e.expr(), level).strip();
      case VectorSelector e -> indent + ExprText.of(e);
      case MatrixSelector e -> indent + ExprText.of(e);
      case NumberLiteral e -> indent + ExprText.of(e);
      case StringLiteral e -> indent + ExprText.of(e);
      case AggregateExpr e -> indent + (whole ? ExprText.of(e) : aggregate(e, level));
      case BinaryExpr e -> whole ? indent + ExprText.of(e) : binary(e, level);
      case Call e -> indent + (whole ? ExprText.of(e) : call(e, level));
      case ParenExpr e ->
          indent
              + (whole
                  ? ExprText.of(e)
                  : "(\n" + pretty(e.expr(), level + 1) + "\n" + indent + ")");
    };
  }

  private static boolean needsSplit(Expr expr) {
    return ExprText.of(expr).getBytes(StandardCharsets.UTF_8).length > MAX_LINE;
  }

  private static String aggregate(AggregateExpr e, int level) {
    String parameter = e.parameter() == null ? "" : pretty(e.parameter(), level + 1) + ",\n";
    return ExprText.aggregateHead(e)
        + "(\n"
        + parameter
        + pretty(e.expr(), level + 1)
        + "\n"
        + "  ".repeat(level)
        + ")";
  }

  private static String binary(BinaryExpr e, int level) {
    return pretty(e.left(), level + 1)
        + "\n"
        + "  ".repeat(level)
        + ExprText.operator(e)
        + "\n"
        + pretty(e.right(), level + 1);
  }

  private static String call(Call e, int level) {
    String args =
        e.args().stream().map(a -> pretty(a, level + 1)).collect(Collectors.joining(",\n"));
    return e.function().name() + "(\n" + args + "\n" + "  ".repeat(level) + ")";
  }
}
