package io.lookout.query.promql.exec;

/**
 * How much a query may take.
 *
 * @param maxSamples samples read from storage and results of subqueries, in all
 * @param maxPoints points of the result
 * @param maxBytes bytes of series that are kept while others are computed, added up over the whole
 *     evaluation
 */
public record Limits(long maxSamples, long maxPoints, long maxBytes) {
  public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
}
