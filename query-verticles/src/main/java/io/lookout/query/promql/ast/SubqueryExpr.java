package io.lookout.query.promql.ast;

import org.jspecify.annotations.Nullable;

/**
 * Evaluates an instant vector expression at the steps of a range.
 *
 * @param step null where the default is to be used
 */
public record SubqueryExpr(
    Position position,
    Expr expr,
    DurationExpr range,
    @Nullable DurationExpr step,
    DurationExpr offset,
    @Nullable AtModifier at)
    implements Expr {
  @Override
  public ValueType type() {
    return ValueType.MATRIX;
  }
}
