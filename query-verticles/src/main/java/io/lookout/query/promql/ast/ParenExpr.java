package io.lookout.query.promql.ast;

/** An expression in parentheses. */
public record ParenExpr(Position position, Expr expr) implements Expr {
  @Override
  public ValueType type() {
    return expr.type();
  }
}
