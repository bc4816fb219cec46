package io.lookout.model.bus;

import io.lookout.model.Matcher;
import java.util.List;

/**
 * Asks a storage node what series there are, without their samples.
 *
 * @param matcherSets a series counts where all matchers of one set accept it; empty: every series
 *     counts
 * @param limit at most so many entries, 0 for all
 */
public record LabelQuery(
    Kind kind,
    String tenant,
    String label,
    List<List<Matcher>> matcherSets,
    long minTime,
    long maxTime,
    int limit) {
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
}
