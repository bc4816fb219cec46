package io.lookout.query.promql.ast;

import java.util.List;

/** A function call. */
public record Call(Position position, FunctionSignature function, List<Expr> args) implements Expr {
  public Call {
    args = List.copyOf(args);
  }

  @Override
  public ValueType type() {
    return function.returnType();
  }
}
