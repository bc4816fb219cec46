package io.lookout.query.promql.script;

import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AtModifier;
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
import io.lookout.query.promql.parse.ParseException;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.text.ExprText;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The same query for any time: {@code @} with the original time on every selector and outermost
 * subquery that has no fixed time of its own.
 */
final class PinnedQuery {
  /** Functions of the evaluation time itself. */
  private static final Set<String> UNPINNABLE =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "time",
          "timestamp");

  private static final Pattern OF_THE_RANGE =
      Pattern.compile("\\b(?:start|end|step|range)\\s*\\(\\s*\\)");

  private final AtModifier time;
  private boolean pinnable = true;

  private PinnedQuery(long time) {
    this.time = new AtModifier.Time(time);
  }

  /** Nothing where the query depends on the evaluation time in another way. */
  static Optional<String> of(String expression, long time) {
    PinnedQuery pinned = new PinnedQuery(time);
    try {
      String text = ExprText.of(pinned.pin(PromqlParser.parse(expression)));
      return pinned.pinnable && !dependsOnRange(text) ? Optional.of(text) : Optional.empty();
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /** Whether an expression asks for start, end, step or length of the query's range. */
  static boolean dependsOnRange(String expression) {
    return OF_THE_RANGE.matcher(expression).find();
  }

  private Expr pin(Expr expr) {
    return switch (expr) {
      case NumberLiteral number -> number;
      case StringLiteral string -> string;
      case VectorSelector selector -> pin(selector);
      case MatrixSelector m -> new MatrixSelector(m.position(), pin(m.selector()), m.range());
      case SubqueryExpr subquery -> pin(subquery);
      case ParenExpr paren -> new ParenExpr(paren.position(), pin(paren.expr()));
      case UnaryExpr unary -> new UnaryExpr(unary.position(), unary.negative(), pin(unary.expr()));
      case Call call -> pin(call);
      case AggregateExpr a ->
          new AggregateExpr(
              a.position(),
              a.op(),
              pin(a.expr()),
              a.parameter() == null ? null : pin(a.parameter()),
              a.grouping(),
              a.without());
      case BinaryExpr b ->
          new BinaryExpr(
              b.position(), b.op(), pin(b.left()), pin(b.right()), b.returnBool(), b.matching());
    };
  }

  private VectorSelector pin(VectorSelector selector) {
    return selector.at() instanceof AtModifier.Time ? selector : selector.withAt(time);
  }

  /** What is inside a subquery that stays in place stays in place with it. */
  private SubqueryExpr pin(SubqueryExpr s) {
    AtModifier at = s.at() instanceof AtModifier.Time fixed ? fixed : time;
    noteFunctions(s.expr());
    return new SubqueryExpr(s.position(), s.expr(), s.range(), s.step(), s.offset(), at);
  }

  private Call pin(Call call) {
    pinnable &= !UNPINNABLE.contains(call.function().name());
    return new Call(call.position(), call.function(), call.args().stream().map(this::pin).toList());
  }

  private void noteFunctions(Expr expr) {
    pinnable &=
        UNPINNABLE.stream()
            .noneMatch(name ->
                Pattern.compile("\\b" + name + "\\s*\\(").matcher(ExprText.of(expr)).find());
  }
}
