package io.lookout.query.promql.ast;

/** The binary operators. */
public enum BinaryOp {
  ADD("+"),
  SUB("-"),
  MUL("*"),
  DIV("/"),
  MOD("%"),
  POW("^"),
  ATAN2("atan2"),
  EQUAL("=="),
  NOT_EQUAL("!="),
  GREATER(">"),
  LESS("<"),
  GREATER_OR_EQUAL(">="),
  LESS_OR_EQUAL("<="),
  AND("and"),
  OR("or"),
  UNLESS("unless"),
  /** Keeps of a histogram what lies below the bound. */
  TRIM_UPPER("</"),
  /** Keeps of a histogram what lies above the bound. */
  TRIM_LOWER(">/");

  private final String sign;

  BinaryOp(String sign) {
    this.sign = sign;
  }

  /** As PromQL writes it. */
  public String sign() {
    return sign;
  }

  public boolean isComparison() {
    return switch (this) {
      case EQUAL, NOT_EQUAL, GREATER, LESS, GREATER_OR_EQUAL, LESS_OR_EQUAL -> true;
      case ADD, SUB, MUL, DIV, MOD, POW, ATAN2, AND, OR, UNLESS, TRIM_UPPER, TRIM_LOWER -> false;
    };
  }

  /** Whether it trims histograms. */
  public boolean isTrim() {
    return this == TRIM_UPPER || this == TRIM_LOWER;
  }

  public boolean isSet() {
    return this == AND || this == OR || this == UNLESS;
  }
}
