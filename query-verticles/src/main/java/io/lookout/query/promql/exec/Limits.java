package io.lookout.query.promql.exec;

/**
 * How much a query may take.
 *
 * @param maxSamples samples read from storage and results of subqueries, in all
 * @param maxPoints points of the result
 */
public record Limits(long maxSamples, long maxPoints) {
  public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE);
}
