package io.lookout.query.promql.value;

import io.lookout.query.promql.ast.BinaryOp;

/** What binary operators do with two floats. Comparisons give 1 or 0. */
public final class ScalarOps {
  /** A binary operator over floats. */
  @FunctionalInterface
  public interface Op {
    double apply(double left, double right);
  }

  private ScalarOps() {}

  /** NaN for what is not defined over floats: set and trim operators. */
  public static Op of(BinaryOp op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case DIV -> (a, b) -> a / b;
      case MOD -> (a, b) -> a % b;
      case POW -> ScalarOps::pow;
      case ATAN2 -> Math::atan2;
      case EQUAL -> (a, b) -> a == b ? 1 : 0;
      case NOT_EQUAL -> (a, b) -> a != b ? 1 : 0;
      case GREATER -> (a, b) -> a > b ? 1 : 0;
      case LESS -> (a, b) -> a < b ? 1 : 0;
      case GREATER_OR_EQUAL -> (a, b) -> a >= b ? 1 : 0;
      case LESS_OR_EQUAL -> (a, b) -> a <= b ? 1 : 0;
      case AND, OR, UNLESS, TRIM_UPPER, TRIM_LOWER -> (a, b) -> Double.NaN;
    };
  }

  /** IEEE 754's power, as Go has it: 1 to any power, and −1 to an infinite one, is 1. */
  private static double pow(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return Math.pow(base, exponent);
  }
}
