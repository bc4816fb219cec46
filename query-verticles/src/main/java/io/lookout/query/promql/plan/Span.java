package io.lookout.query.promql.plan;

/**
 * The first and the last time that a node is evaluated at, ms.
 *
 * @param end not before the start
 */
record Span(long start, long end) {
  /** What is looked at from there. */
  Span shifted(TimeShift shift) {
    return new Span(shift.apply(start), shift.apply(end));
  }

  Span widened(long before, long after) {
    return new Span(start - before, end + after);
  }
}
