package io.lookout.query.promql.function;

/**
 * A function of a single sample: {@code abs}, {@code clamp}, {@code histogram_count}, {@code hour}.
 * Its first argument is an instant vector, the others are scalars. Stateless.
 */
@FunctionalInterface
public non-sealed interface SampleFunction extends Function {
  /**
   * The result for one sample of one series at one step.
   *
   * @return a float; {@link Point#ABSENT} for no result; {@code point.histogram(h)} for a histogram
   */
  double apply(Point point);
}
