package io.lookout.query.promql.parse;

import io.lookout.query.promql.ast.BinaryOp;
import org.jspecify.annotations.Nullable;

/** Which tokens are binary operators, and how strongly they bind. */
final class Operators {
  static final int LOWEST = 1;
  static final int ADDITIVE = 4;
  static final int MULTIPLICATIVE = 5;
  static final int POWER = 6;

  private Operators() {}

  static @Nullable BinaryOp of(TokenType type) {
    return switch (type) {
      case ADD -> BinaryOp.ADD;
      case SUB -> BinaryOp.SUB;
      case MUL -> BinaryOp.MUL;
      case DIV -> BinaryOp.DIV;
      case MOD -> BinaryOp.MOD;
      case POW -> BinaryOp.POW;
      case ATAN2 -> BinaryOp.ATAN2;
      case EQUAL -> BinaryOp.EQUAL;
      case NOT_EQUAL -> BinaryOp.NOT_EQUAL;
      case GREATER -> BinaryOp.GREATER;
      case LESS -> BinaryOp.LESS;
      case GREATER_OR_EQUAL -> BinaryOp.GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> BinaryOp.LESS_OR_EQUAL;
      case AND -> BinaryOp.AND;
      case OR -> BinaryOp.OR;
      case UNLESS -> BinaryOp.UNLESS;
      case TRIM_UPPER -> BinaryOp.TRIM_UPPER;
      case TRIM_LOWER -> BinaryOp.TRIM_LOWER;
      default -> null;
    };
  }

  /** The higher, the stronger. */
  static int precedence(BinaryOp op) {
    return switch (op) {
      case OR -> LOWEST;
      case AND, UNLESS -> 2;
      case EQUAL,
          NOT_EQUAL,
          GREATER,
          LESS,
          GREATER_OR_EQUAL,
          LESS_OR_EQUAL,
          TRIM_UPPER,
          TRIM_LOWER ->
          3;
      case ADD, SUB -> ADDITIVE;
      case MUL, DIV, MOD, ATAN2 -> MULTIPLICATIVE;
      case POW -> POWER;
    };
  }
}
