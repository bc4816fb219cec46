package io.lookout.query.promql.ast;

/**
 * A number.
 *
 * @param duration whether it was written as a duration ({@code 5m}, which is 300): for printing
 */
public record NumberLiteral(Position position, double value, boolean duration) implements Expr {
  @Override
  public ValueType type() {
    return ValueType.SCALAR;
  }
}
