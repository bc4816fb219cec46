package io.lookout.query.promql.parse;

import io.lookout.query.promql.ast.DurationExpr;
import io.lookout.query.promql.ast.NumberLiteral;
import io.lookout.query.promql.ast.Position;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Durations, and the arithmetic on them. */
final class DurationParser {
  private final Tokens tokens;
  private final TypeChecks checks;
  private final Literals literals;

  /** Makes the error of an unexpected token, which depends on what the duration is for. */
  private final Supplier<ParseException> unexpected;

  private int depth;

  /** All operators of the duration: more than its depth can be, and enough. */
  private int operators;

  DurationParser(Tokens tokens, TypeChecks checks, Supplier<ParseException> unexpected) {
    this.tokens = tokens;
    this.checks = checks;
    this.literals = new Literals(tokens);
    this.unexpected = unexpected;
  }

  /** The duration of a range or a step: a literal must be above 0. */
  DurationExpr positive() {
    Position start = tokens.peek().position();
    DurationExpr duration = expression(Operators.ADDITIVE);
    if (duration instanceof DurationExpr.Operand number && number.value() <= 0) {
      throw tokens.error(
          new Position(start.start(), tokens.previousEnd()), "duration must be greater than 0");
    }
    checks.duration(duration, start.start(), tokens.previousEnd());
    return literal(duration);
  }

  /**
   * The duration of an offset. Without parentheses only its first operand belongs to it: {@code foo
   * offset 2 ^ 2} is {@code (foo offset 2) ^ 2}.
   */
  DurationExpr offset() {
    int start = tokens.peek().position().start();
    DurationExpr offset = offsetOperand();
    checks.duration(offset, start, tokens.previousEnd());
    return literal(offset);
  }

  private DurationExpr offsetOperand() {
    boolean signed = tokens.at(TokenType.ADD) || tokens.at(TokenType.SUB);
    if (!signed) {
      boolean parenthesised = tokens.at(TokenType.LEFT_PAREN);
      return parenthesised ? expression(Operators.ADDITIVE) : operand();
    }
    Token sign = tokens.take();
    boolean twice = tokens.at(TokenType.ADD) || tokens.at(TokenType.SUB);
    DurationExpr inner = twice ? expression(Operators.POWER) : operand();
    return signed(sign, inner);
  }

  /** A number on its own becomes a literal of whole milliseconds. */
  private static DurationExpr literal(DurationExpr duration) {
    return duration instanceof DurationExpr.Operand number
        ? new DurationExpr.Literal((long) (Math.rint(number.value() * 1e9) / 1e6))
        : duration;
  }

  private DurationExpr expression(int minPrecedence) {
    depth = Depth.checked(depth + 1, tokens);
    DurationExpr left = unary();
    DurationExpr.Op op = operator();
    while (op != null && precedence(op) >= minPrecedence) {
      operators = Depth.checked(operators + 1, tokens);
      Token sign = tokens.take();
      // Powers associate to the right, everything else to the left.
      int precedence = precedence(op);
      DurationExpr right = expression(op == DurationExpr.Op.POW ? precedence : precedence + 1);
      checkDivisor(op, right, sign);
      left = new DurationExpr.Arithmetic(op, left, right);
      op = operator();
    }
    depth--;
    return left;
  }

  private DurationExpr unary() {
    if (tokens.at(TokenType.ADD) || tokens.at(TokenType.SUB)) {
      Token sign = tokens.take();
      return signed(sign, expression(Operators.POWER));
    }
    return operand();
  }

  private DurationExpr operand() {
    if (literals.atNumber()) {
      NumberLiteral number = literals.number();
      if (Math.abs(number.value()) > DurationExpr.MAX_SECONDS) {
        throw tokens.error(number.position(), "duration out of range");
      }
      return new DurationExpr.Operand(number.position(), number.value(), number.duration());
    }
    return switch (tokens.peek().type()) {
      case STEP -> new DurationExpr.Step(noArguments());
      case RANGE -> new DurationExpr.Range(noArguments());
      case MIN, MAX -> minOrMax();
      case LEFT_PAREN -> {
        tokens.take();
        DurationExpr inner = expression(Operators.ADDITIVE);
        expect(TokenType.RIGHT_PAREN);
        yield inner instanceof DurationExpr.Operand ? inner : new DurationExpr.Paren(inner);
      }
      default -> throw unexpected.get();
    };
  }

  /** Takes a name and the parentheses behind it. */
  private Position noArguments() {
    int start = tokens.take().position().start();
    expect(TokenType.LEFT_PAREN);
    expect(TokenType.RIGHT_PAREN);
    return new Position(start, tokens.previousEnd());
  }

  private DurationExpr minOrMax() {
    boolean min = tokens.take().type() == TokenType.MIN;
    expect(TokenType.LEFT_PAREN);
    DurationExpr left = expression(Operators.ADDITIVE);
    expect(TokenType.COMMA);
    DurationExpr right = expression(Operators.ADDITIVE);
    expect(TokenType.RIGHT_PAREN);
    return min ? new DurationExpr.Min(left, right) : new DurationExpr.Max(left, right);
  }

  private void expect(TokenType type) {
    if (!tokens.takeIf(type)) {
      throw unexpected.get();
    }
  }

  private static DurationExpr signed(Token sign, DurationExpr inner) {
    boolean negative = sign.type() == TokenType.SUB;
    Position position = sign.position().to(inner.position());
    if (inner instanceof DurationExpr.Operand number) {
      double value = negative ? -number.value() : number.value();
      return new DurationExpr.Operand(position, value, number.duration());
    }
    return negative ? new DurationExpr.Signed(position, true, inner) : inner;
  }

  private DurationExpr.@Nullable Op operator() {
    return switch (tokens.peek().type()) {
      case ADD -> DurationExpr.Op.ADD;
      case SUB -> DurationExpr.Op.SUB;
      case MUL -> DurationExpr.Op.MUL;
      case DIV -> DurationExpr.Op.DIV;
      case MOD -> DurationExpr.Op.MOD;
      case POW -> DurationExpr.Op.POW;
      default -> null;
    };
  }

  private static int precedence(DurationExpr.Op op) {
    return switch (op) {
      case ADD, SUB -> Operators.ADDITIVE;
      case MUL, DIV, MOD -> Operators.MULTIPLICATIVE;
      case POW -> Operators.POWER;
    };
  }

  private void checkDivisor(DurationExpr.Op op, DurationExpr right, Token sign) {
    boolean zero = right instanceof DurationExpr.Operand number && number.value() == 0;
    if (zero && (op == DurationExpr.Op.DIV || op == DurationExpr.Op.MOD)) {
      throw tokens.error(
          sign.position(), op == DurationExpr.Op.DIV ? "division by zero" : "modulo by zero");
    }
  }
}
