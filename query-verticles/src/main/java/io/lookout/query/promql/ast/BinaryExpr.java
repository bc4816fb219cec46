package io.lookout.query.promql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A binary operation.
 *
 * @param returnBool {@code bool}: a comparison answers 0 or 1 instead of filtering
 * @param matching null unless both sides are instant vectors
 */
public record BinaryExpr(
    Position position,
    BinaryOp op,
    Expr left,
    Expr right,
    boolean returnBool,
    @Nullable VectorMatching matching)
    implements Expr {
  @Override
  public ValueType type() {
    return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
        ? ValueType.SCALAR
        : ValueType.VECTOR;
  }
}
