package io.lookout.query.promql.ast;

import java.util.List;

/**
 * What a function takes and gives.
 *
 * @param argTypes with optional arguments: the last one stands for all that may be left out or
 *     repeated
 * @param variadic 0: all arguments are required; n &gt; 0: up to n of the last may be left out; −1:
 *     the last may be left out or repeated
 * @param experimental whether Prometheus hides it behind a feature flag
 */
public record FunctionSignature(
    String name,
    List<ValueType> argTypes,
    int variadic,
    ValueType returnType,
    boolean experimental) {
  public FunctionSignature {
    argTypes = List.copyOf(argTypes);
  }
}
