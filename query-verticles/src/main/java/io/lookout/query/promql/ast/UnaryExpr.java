package io.lookout.query.promql.ast;

/**
 * A sign before a scalar or an instant vector. (The sign of a number literal is part of the
 * literal.)
 */
public record UnaryExpr(Position position, boolean negative, Expr expr) implements Expr {
  @Override
  public ValueType type() {
    return expr.type();
  }
}
