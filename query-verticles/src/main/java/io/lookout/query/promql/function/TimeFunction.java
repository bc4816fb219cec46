package io.lookout.query.promql.function;

/** A scalar function without arguments: {@code time}, {@code pi}. */
@FunctionalInterface
public non-sealed interface TimeFunction extends Function {
  /**
   * The value at one step.
   *
   * @param time of the step, ms
   */
  double apply(long time);
}
