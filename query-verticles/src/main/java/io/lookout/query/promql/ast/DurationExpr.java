package io.lookout.query.promql.ast;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;

/**
 * A duration: of a range, a subquery, an offset. Most are literals; the others depend on the step
 * and the range of the query.
 */
public sealed interface DurationExpr {
  /** Prometheus counts durations in nanoseconds of 63 bits. */
  double MAX_SECONDS = 0x1p63 / 1e9;

  /**
   * @param step of the query, seconds; 0 for an instant query
   * @param range from the first to the last step of the query, seconds
   * @return seconds; NaN or infinite where the arithmetic has no answer
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} for a division by zero
   */
  double seconds(double step, double range);

  /** Where it stands in the query; parentheses around it are no part of it. */
  Position position();

  /** An error about this duration, which Prometheus prefixes with the place in the query. */
  default LookoutException invalid(String problem) {
    return new LookoutException(
        ErrorCode.BAD_DATA, position().start() + ":" + position().end() + ": " + problem);
  }

  /**
   * As {@link #seconds}, in whole milliseconds, cut towards zero.
   *
   * @param stepMillis of the query; 0 for an instant query
   */
  default long millis(long stepMillis, long rangeMillis) {
    return this instanceof Literal literal
        ? literal.millis
        : (long) (seconds(stepMillis / 1000.0, rangeMillis / 1000.0) * 1000);
  }

  /** Whether it is a plain number or duration. */
  default boolean isLiteral() {
    return this instanceof Literal;
  }

  /** A plain number or duration, sign included. */
  record Literal(long millis) implements DurationExpr {
    /** No time at all: the offset of a selector without one. */
    public static final Literal ZERO = new Literal(0);

    /** Literals are checked where they are read. */
    private static final Position UNKNOWN = new Position(0, 0);

    @Override
    public Position position() {
      return UNKNOWN;
    }

    @Override
    public double seconds(double step, double range) {
      return millis / 1000.0;
    }
  }

  /**
   * A number within a larger duration expression.
   *
   * @param duration whether it was written as a duration: for printing
   */
  record Operand(Position position, double value, boolean duration) implements DurationExpr {
    @Override
    public double seconds(double step, double range) {
      return value;
    }
  }

  /** {@code step()}. */
  record Step(Position position) implements DurationExpr {
    @Override
    public double seconds(double step, double range) {
      return step;
    }
  }

  /** {@code range()}. */
  record Range(Position position) implements DurationExpr {
    @Override
    public double seconds(double step, double range) {
      return range;
    }
  }

  /** {@code min(a, b)}. */
  record Min(DurationExpr left, DurationExpr right) implements DurationExpr {
    @Override
    public Position position() {
      return left.position().to(right.position());
    }

    @Override
    public double seconds(double step, double range) {
      return Math.min(left.seconds(step, range), right.seconds(step, range));
    }
  }

  /** {@code max(a, b)}. */
  record Max(DurationExpr left, DurationExpr right) implements DurationExpr {
    @Override
    public Position position() {
      return left.position().to(right.position());
    }

    @Override
    public double seconds(double step, double range) {
      return Math.max(left.seconds(step, range), right.seconds(step, range));
    }
  }

  /** {@code (a)}. */
  record Paren(DurationExpr inner) implements DurationExpr {
    @Override
    public Position position() {
      return inner.position();
    }

    @Override
    public double seconds(double step, double range) {
      return inner.seconds(step, range);
    }
  }

  /** {@code +a} or {@code -a}. */
  record Signed(Position position, boolean negative, DurationExpr inner) implements DurationExpr {
    @Override
    public double seconds(double step, double range) {
      double value = inner.seconds(step, range);
      return negative ? -value : value;
    }
  }

  /** {@code + - * / % ^}. */
  record Arithmetic(Op op, DurationExpr left, DurationExpr right) implements DurationExpr {
    @Override
    public Position position() {
      return left.position().to(right.position());
    }

    @Override
    public double seconds(double step, double range) {
      double a = left.seconds(step, range);
      double b = right.seconds(step, range);
      if (b == 0 && (op == Op.DIV || op == Op.MOD)) {
        throw invalid(op == Op.DIV ? "division by zero" : "modulo by zero");
      }
      return switch (op) {
        case ADD -> a + b;
        case SUB -> a - b;
        case MUL -> a * b;
        case DIV -> a / b;
        case MOD -> a % b;
        case POW -> Math.pow(a, b);
      };
    }
  }

  /** An operator of durations. */
  enum Op {
    ADD("+"),
    SUB("-"),
    MUL("*"),
    DIV("/"),
    MOD("%"),
    POW("^");

    private final String sign;

    Op(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }
}
