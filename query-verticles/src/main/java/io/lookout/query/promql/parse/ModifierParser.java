package io.lookout.query.promql.parse;

import io.lookout.query.promql.ast.AtModifier;
import io.lookout.query.promql.ast.DurationExpr;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.MatrixSelector;
import io.lookout.query.promql.ast.Position;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.SubqueryExpr;
import io.lookout.query.promql.ast.VectorSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What may follow an operand: ranges, subqueries, {@code offset}, {@code @}, and the modes. */
final class ModifierParser {
  private static final String SELECTORS =
      " modifier must be preceded by an instant vector selector or range vector selector or a"
          + " subquery";

  private final Tokens tokens;
  private final TypeChecks checks;
  private int levels;

  ModifierParser(Tokens tokens, TypeChecks checks) {
    this.tokens = tokens;
    this.checks = checks;
  }

  /** Each range and subquery is a level of its own. */
  int levels() {
    return levels;
  }

  Expr modified(Expr operand) {
    Expr expr = operand;
    levels = 0;
    while (true) {
      switch (tokens.peek().type()) {
        case LEFT_BRACKET -> expr = range(expr);
        case OFFSET -> expr = offset(expr);
        case AT -> expr = at(expr);
        case ANCHORED -> expr = mode(expr, SelectorMode.ANCHORED);
        case SMOOTHED -> expr = mode(expr, SelectorMode.SMOOTHED);
        default -> {
          return expr;
        }
      }
    }
  }

  private Expr range(Expr expr) {
    levels = Depth.checked(levels + 1, tokens);
    Token bracket = tokens.take();
    DurationExpr range =
        durations("subquery or range selector", "number, duration, step(), or range()").positive();
    if (tokens.takeIf(TokenType.COLON)) {
      return subquery(expr, range);
    }
    if (!tokens.at(TokenType.RIGHT_BRACKET)) {
      throw tokens.unexpected("subquery or range", "\":\" or \"]\"");
    }
    Position brackets = bracket.position().to(tokens.take().position());
    if (!(expr instanceof VectorSelector selector)) {
      throw tokens.error(brackets, "ranges only allowed for vector selectors");
    }
    if (!selector.offset().equals(DurationExpr.Literal.ZERO)) {
      throw tokens.error(brackets, "no offset modifiers allowed before range");
    }
    if (selector.at() != null) {
      throw tokens.error(brackets, "no @ modifiers allowed before range");
    }
    return new MatrixSelector(selector.position().to(brackets), selector, range);
  }

  private Expr subquery(Expr expr, DurationExpr range) {
    DurationExpr step = null;
    if (!tokens.at(TokenType.RIGHT_BRACKET)) {
      step =
          durations("subquery selector", "number, duration, step(), range(), or \"]\"").positive();
    }
    if (!tokens.at(TokenType.RIGHT_BRACKET)) {
      throw tokens.unexpected("subquery selector", "\"]\"");
    }
    Position position = expr.position().to(tokens.take().position());
    SubqueryExpr subquery =
        new SubqueryExpr(position, expr, range, step, DurationExpr.Literal.ZERO, null);
    checks.subquery(subquery);
    return subquery;
  }

  private DurationParser durations(String context, String expected) {
    return new DurationParser(tokens, checks, () -> tokens.unexpected(context, expected));
  }

  private Expr offset(Expr expr) {
    tokens.take();
    DurationExpr offset = durations("offset", "number, duration, step(), or range()").offset();
    if (!offsetOf(expr).equals(DurationExpr.Literal.ZERO)) {
      throw tokens.error(expr.position(), "offset may not be set multiple times");
    }
    return switch (expr) {
      case VectorSelector s -> s.withOffset(offset).withPosition(extended(s));
      case MatrixSelector s ->
          new MatrixSelector(extended(s), s.selector().withOffset(offset), s.range());
      case SubqueryExpr s ->
          new SubqueryExpr(extended(s), s.expr(), s.range(), s.step(), offset, s.at());
      default -> throw tokens.error(expr.position(), "offset" + SELECTORS);
    };
  }

  private DurationExpr offsetOf(Expr expr) {
    return switch (expr) {
      case VectorSelector s -> s.offset();
      case MatrixSelector s -> s.selector().offset();
      case SubqueryExpr s -> s.offset();
      default -> throw tokens.error(expr.position(), "offset" + SELECTORS);
    };
  }

  private Expr at(Expr expr) {
    tokens.take();
    AtModifier at = atModifier(expr);
    if (atOf(expr) != null) {
      throw tokens.error(expr.position(), "@ <timestamp> may not be set multiple times");
    }
    return switch (expr) {
      case VectorSelector s -> s.withAt(at).withPosition(extended(s));
      case MatrixSelector s -> new MatrixSelector(extended(s), s.selector().withAt(at), s.range());
      case SubqueryExpr s ->
          new SubqueryExpr(extended(s), s.expr(), s.range(), s.step(), s.offset(), at);
      default -> throw tokens.error(expr.position(), "@" + SELECTORS);
    };
  }

  private @Nullable AtModifier atOf(Expr expr) {
    return switch (expr) {
      case VectorSelector s -> s.at();
      case MatrixSelector s -> s.selector().at();
      case SubqueryExpr s -> s.at();
      default -> throw tokens.error(expr.position(), "@" + SELECTORS);
    };
  }

  private AtModifier atModifier(Expr expr) {
    if (tokens.at(TokenType.START) || tokens.at(TokenType.END)) {
      boolean start = tokens.take().type() == TokenType.START;
      if (!tokens.takeIf(TokenType.LEFT_PAREN) || !tokens.takeIf(TokenType.RIGHT_PAREN)) {
        throw tokens.unexpected("@", "timestamp");
      }
      return start ? new AtModifier.Start() : new AtModifier.End();
    }
    boolean negative = tokens.at(TokenType.SUB);
    if (negative || tokens.at(TokenType.ADD)) {
      tokens.take();
    }
    Literals literals = new Literals(tokens);
    if (!literals.atNumber()) {
      throw tokens.unexpected("@", "timestamp");
    }
    double value = literals.number().value();
    return time(expr, negative ? -value : value);
  }

  private AtModifier time(Expr expr, double seconds) {
    if (Double.isNaN(seconds) || Math.abs(seconds) >= 0x1p63) {
      String shown =
          Double.isNaN(seconds)
              ? "NaN"
              : Double.isInfinite(seconds)
                  ? (seconds > 0 ? "+Inf" : "-Inf")
                  : new BigDecimal(seconds).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
      throw tokens.error(expr.position(), "timestamp out of bounds for @ modifier: " + shown);
    }
    return new AtModifier.Time(Math.round(seconds * 1000));
  }

  private Expr mode(Expr expr, SelectorMode mode) {
    tokens.take();
    checks.mode(expr, mode);
    return switch (expr) {
      case VectorSelector s -> mode(s, s, mode);
      case MatrixSelector s ->
          new MatrixSelector(s.position(), mode(s, s.selector(), mode), s.range());
      case SubqueryExpr s ->
          throw tokens.error(
              s.position(), mode.keyword() + " modifier is not supported for subqueries");
      default -> throw tokens.error(expr.position(), mode.keyword() + " modifier not implemented");
    };
  }

  private VectorSelector mode(Expr expr, VectorSelector selector, SelectorMode mode) {
    if (selector.mode() != SelectorMode.PLAIN && selector.mode() != mode) {
      throw tokens.error(
          expr.position(), "anchored and smoothed modifiers cannot be used together");
    }
    return selector.withMode(mode);
  }

  private Position extended(Expr expr) {
    return new Position(expr.position().start(), tokens.previousEnd());
  }
}
