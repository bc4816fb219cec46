package io.lookout.model.bus;

import io.lookout.model.Matcher;
import java.util.List;

/**
 * Asks a storage node what series there are, without their samples.
 *
 * @param matcherSets a series counts where all matchers of one set accept it; empty: every series
 *     counts
 * @param limit at most so many entries, 0 for all
 * @param shared who reads the blocks of a store that nodes share
 */
public record LabelQuery(
    Kind kind,
    String tenant,
    String label,
    List<List<Matcher>> matcherSets,
    long minTime,
    long maxTime,
    int limit,
    SharedRead shared) {
  /** What is asked for. {@code label} counts for {@link #VALUES} only. */
  public enum Kind {
    NAMES,
    VALUES,
    SERIES,
    METADATA
  }

  public LabelQuery {
    matcherSets = matcherSets.stream().map(List::copyOf).toList();
  }

  /** Of a node that reads everything itself. */
  public LabelQuery(
      Kind kind,
      String tenant,
      String label,
      List<List<Matcher>> matcherSets,
      long minTime,
      long maxTime,
      int limit) {
    this(kind, tenant, label, matcherSets, minTime, maxTime, limit, SharedRead.EACH);
  }

  public LabelQuery with(SharedRead other) {
    return new LabelQuery(kind, tenant, label, matcherSets, minTime, maxTime, limit, other);
  }
}
