package io.lookout.query.promql.plan;

import io.lookout.model.Matcher;
import io.lookout.model.aggregate.Wanted;
import java.util.List;

/**
 * Samples that a query needs, to be fetched before it is evaluated.
 *
 * @param matchers all must accept
 * @param minTime first time wanted, ms, inclusive
 * @param maxTime last time wanted, ms, inclusive
 * @param wanted for what: aggregates may stand in for samples
 * @param alignment without a difference, where their resolution divides this, ms; 0: never
 */
public record Selection(
    List<Matcher> matchers, long minTime, long maxTime, Wanted wanted, long alignment) {
  public Selection {
    matchers = List.copyOf(matchers);
  }

  /** Whether there is no time that is wanted. */
  public boolean isEmpty() {
    return minTime > maxTime;
  }

  /** Of samples, whatever they are for. */
  public Selection(List<Matcher> matchers, long minTime, long maxTime) {
    this(matchers, minTime, maxTime, Wanted.SAMPLES, 0);
  }
}
