package io.lookout.query.promql.plan;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.aggregate.Wanted;
import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.AtModifier;
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
import io.lookout.query.promql.ast.ValueType;
import io.lookout.query.promql.ast.VectorSelector;
import io.lookout.query.promql.plan.PlanNode.ScalarNode;
import io.lookout.query.promql.plan.PlanNode.VectorNode;
import org.jspecify.annotations.Nullable;

/**
 * Turns syntax into a plan: durations and {@code @} become times, calls find their functions, and
 * what must be fetched is written down. Rewrites follow.
 */
public final class Planner {
  private final Query query;
  private final SelectionList selections = new SelectionList();
  private final StatisticsOnly statistics;
  private final CallPlanner calls = new CallPlanner(this);

  /** Of what the times are multiples at which the expression at hand is evaluated. */
  private long alignment;

  private Planner(Query query, Expr root) {
    this.query = query;
    this.statistics = StatisticsOnly.of(root);
    this.alignment = Alignment.of(query.steps());
  }

  Query query() {
    return query;
  }

  /**
   * The plan of a parsed expression.
   *
   * @throws LookoutException with {@code BAD_DATA} or {@code EXECUTION} where it cannot be
   *     evaluated
   */
  public static Plan plan(Expr expr, Query query) {
    checkType(expr, query);
    Planner planner = new Planner(query, expr);
    Span span = new Span(query.steps().start(), query.steps().end());
    PlanNode root = planner.node(expr, span);
    PlanNode rewritten = StepInvariants.hoist(ConstantFolding.fold(root));
    return new Plan(expr, query, rewritten, planner.selections.toList(), OrderedResult.of(expr));
  }

  private static void checkType(Expr expr, Query query) {
    if (!query.instant() && (expr.type() == ValueType.STRING || expr.type() == ValueType.MATRIX)) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "invalid expression type \""
              + expr.type().documentedName()
              + "\" for range query, must be Scalar or instant Vector");
    }
  }

  PlanNode node(Expr expr, Span span) {
    return switch (expr) {
      case ParenExpr paren -> node(paren.expr(), span);
      case StringLiteral string -> new PlanNode.Text(string.value());
      case MatrixSelector matrix -> new PlanNode.Matrix(source(matrix, span, ""));
      case SubqueryExpr subquery -> new PlanNode.Matrix(source(subquery, span, ""));
      case NumberLiteral number -> new PlanNode.Constant(number.value());
      case UnaryExpr unary -> unary(unary, span);
      case BinaryExpr binary -> binary(binary, span);
      case AggregateExpr aggregate -> aggregate(aggregate, span);
      case VectorSelector selector -> select(selector, span);
      case Call call -> calls.plan(call, span);
    };
  }

  VectorNode vector(Expr expr, Span span) {
    if (node(expr, span) instanceof VectorNode vector) {
      return vector;
    }
    throw unexpected(expr, ValueType.VECTOR);
  }

  ScalarNode scalar(Expr expr, Span span) {
    if (node(expr, span) instanceof ScalarNode scalar) {
      return scalar;
    }
    throw unexpected(expr, ValueType.SCALAR);
  }

  /** The parser has checked types: this is for callers that made syntax themselves. */
  private static LookoutException unexpected(Expr expr, ValueType expected) {
    return new LookoutException(
        ErrorCode.BAD_DATA,
        "expected type " + expected.documentedName() + ", got " + expr.type().documentedName());
  }

  private PlanNode unary(UnaryExpr unary, Span span) {
    PlanNode inner = node(unary.expr(), span);
    if (!unary.negative()) {
      return inner;
    }
    return switch (inner) {
      case ScalarNode scalar -> new PlanNode.NegateScalar(scalar);
      case VectorNode vector -> new PlanNode.NegateVector(vector);
      case PlanNode.Matrix ignored -> throw unexpected(unary.expr(), ValueType.VECTOR);
      case PlanNode.Text ignored -> throw unexpected(unary.expr(), ValueType.VECTOR);
    };
  }

  private PlanNode binary(BinaryExpr binary, Span span) {
    boolean leftScalar = binary.left().type() == ValueType.SCALAR;
    boolean rightScalar = binary.right().type() == ValueType.SCALAR;
    if (leftScalar && rightScalar) {
      return new PlanNode.ScalarBinary(
          binary, scalar(binary.left(), span), scalar(binary.right(), span));
    }
    if (leftScalar) {
      return new PlanNode.VectorScalar(
          binary, vector(binary.right(), span), scalar(binary.left(), span), true);
    }
    if (rightScalar) {
      return new PlanNode.VectorScalar(
          binary, vector(binary.left(), span), scalar(binary.right(), span), false);
    }
    return new PlanNode.VectorBinary(
        binary, vector(binary.left(), span), vector(binary.right(), span));
  }

  private PlanNode aggregate(AggregateExpr aggregate, Span span) {
    Expr parameter = aggregate.parameter();
    return new PlanNode.Aggregate(
        aggregate,
        vector(aggregate.expr(), span),
        parameter == null ? null : node(parameter, span));
  }

  PlanNode.InstantSelect select(VectorSelector selector, Span span) {
    TimeShift shift = shift(selector.offset(), selector.at());
    // A sample exactly a look-back old is too old already.
    long after = selector.mode() == SelectorMode.SMOOTHED ? query.lookback() : 0;
    Span wanted = span.shifted(shift).widened(query.lookback() - 1, after);
    boolean plain = query.downsampled() && selector.mode() == SelectorMode.PLAIN;
    long aligned = plain ? Alignment.shifted(alignment, shift) : 0;
    int selection = selections.add(selector.matchers(), wanted, Wanted.SAMPLES, aligned);
    return new PlanNode.InstantSelect(selector, selection, shift, statistics.contains(selector));
  }

  /**
   * @param function that the windows are for; empty where the samples themselves are asked for
   */
  RangeSource source(Expr expr, Span span, String function) {
    return switch (expr) {
      case ParenExpr paren -> source(paren.expr(), span, function);
      case MatrixSelector matrix -> stored(matrix, span, function);
      case SubqueryExpr subquery -> subquery(subquery, span);
      default -> throw unexpected(expr, ValueType.MATRIX);
    };
  }

  private RangeSource stored(MatrixSelector matrix, Span span, String function) {
    VectorSelector selector = matrix.selector();
    long range = positive(matrix.range());
    TimeShift shift = shift(selector.offset(), selector.at());
    long before = selector.mode() == SelectorMode.PLAIN ? range : range + query.lookback();
    long after = selector.mode() == SelectorMode.SMOOTHED ? query.lookback() : 0;
    Span wanted = span.shifted(shift).widened(before - 1, after);
    boolean plain = query.downsampled() && selector.mode() == SelectorMode.PLAIN;
    Wanted use = plain ? Alignment.wanted(function) : Wanted.SAMPLES;
    long aligned =
        plain && Alignment.isAnswered(function, query.language())
            ? Alignment.both(Alignment.shifted(alignment, shift), range)
            : 0;
    int selection = selections.add(selector.matchers(), wanted, use, aligned);
    return new RangeSource.Stored(matrix, selection, range, shift, statistics.contains(selector));
  }

  private RangeSource subquery(SubqueryExpr subquery, Span span) {
    TimeShift shift = shift(subquery.offset(), subquery.at());
    DurationExpr given = subquery.step();
    long step = given == null ? query.subqueryStep() : positive(given);
    long range = positive(subquery.range());
    Span inner = span.shifted(shift).widened(range, 0);
    long outer = alignment;
    alignment = step; // Its steps are multiples of it, whatever those of the query are.
    PlanNode node = node(subquery.expr(), inner);
    alignment = outer;
    return new RangeSource.Subquery(subquery, node, range, step, shift);
  }

  private TimeShift shift(DurationExpr offset, @Nullable AtModifier at) {
    return new TimeShift(finite(offset), time(at));
  }

  private @Nullable Long time(@Nullable AtModifier at) {
    return switch (at) {
      case null -> null;
      case AtModifier.Time time -> time.millis();
      case AtModifier.Start() -> query.steps().start();
      case AtModifier.End() -> query.steps().end();
    };
  }

  private long positive(DurationExpr duration) {
    long millis = finite(duration);
    if (millis <= 0) {
      throw duration.invalid("duration must be greater than 0");
    }
    return millis;
  }

  private long finite(DurationExpr duration) {
    double seconds = duration.seconds(query.stepMillis() / 1e3, query.rangeMillis() / 1e3);
    if (!Double.isFinite(seconds)) {
      throw duration.invalid("duration is NaN or infinite");
    }
    if (Math.abs(seconds) > DurationExpr.MAX_SECONDS) {
      throw duration.invalid("duration is out of range");
    }
    return duration.millis(query.stepMillis(), query.rangeMillis());
  }
}
