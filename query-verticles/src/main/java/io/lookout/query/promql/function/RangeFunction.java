package io.lookout.query.promql.function;

/**
 * A function of the samples of one series in a range of time: {@code rate}, {@code max_over_time}.
 * Stateless: one object serves all series and threads.
 */
@FunctionalInterface
public non-sealed interface RangeFunction extends Function {
  /**
   * The result at one step. A window holds at least one sample.
   *
   * @return a float; {@link Window#ABSENT} for no result; {@code window.histogram(h)} for a
   *     histogram
   */
  double apply(Window window);
}
