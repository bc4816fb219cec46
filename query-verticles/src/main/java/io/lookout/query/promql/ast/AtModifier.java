package io.lookout.query.promql.ast;

/** {@code @}: which time a selector or subquery is evaluated at, whatever the step. */
public sealed interface AtModifier {
  /** A fixed time, ms. */
  record Time(long millis) implements AtModifier {}

  /** {@code @ start()}: the first step of the query. */
  record Start() implements AtModifier {}

  /** {@code @ end()}: the last step of the query. */
  record End() implements AtModifier {}
}
