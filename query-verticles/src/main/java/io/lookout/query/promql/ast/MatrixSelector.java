package io.lookout.query.promql.ast;

/**
 * Selects the samples of series over a range of time. Offset, {@code @} and mode are those of the
 * inner selector.
 */
public record MatrixSelector(Position position, VectorSelector selector, DurationExpr range)
    implements Expr {
  @Override
  public ValueType type() {
    return ValueType.MATRIX;
  }
}
