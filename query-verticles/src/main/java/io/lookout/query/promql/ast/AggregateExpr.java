package io.lookout.query.promql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregation.
 *
 * @param parameter a scalar, a string for {@code count_values}; null for operators without
 * @param grouping the labels of {@code by} or {@code without}
 */
public record AggregateExpr(
    Position position,
    AggregateOp op,
    Expr expr,
    @Nullable Expr parameter,
    List<String> grouping,
    boolean without)
    implements Expr {
  public AggregateExpr {
    grouping = List.copyOf(grouping);
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }
}
