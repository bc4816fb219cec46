package io.lookout.query.promql.exec;

import java.util.List;

/**
 * What an operator did in an explained evaluation.
 *
 * @param operator its line of the plan's text
 * @param series how many it gave, those without a sample left out; 1 for a scalar
 * @param samples points it gave, over all series and steps
 * @param samplesLoaded samples it read from what storage gave; 0 where it selects nothing
 * @param nanos time of all threads together, its inputs included
 * @param inputs what it was computed from, left to right
 */
public record OperatorReport(
    String operator,
    long series,
    long samples,
    long samplesLoaded,
    long nanos,
    List<OperatorReport> inputs) {
  public OperatorReport {
    inputs = List.copyOf(inputs);
  }
}
