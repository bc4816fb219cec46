package io.lookout.model.bus;

import io.lookout.model.Matcher;
import java.util.List;

/**
 * Asks a storage node for the exemplars that it keeps.
 *
 * @param matcherSets of series that count: all matchers of one set accept them
 * @param minTime first time wanted, ms, inclusive
 * @param maxTime last time wanted, ms, inclusive
 */
public record ExemplarQuery(
    String tenant, List<List<Matcher>> matcherSets, long minTime, long maxTime) {
  public ExemplarQuery {
    matcherSets = matcherSets.stream().map(List::copyOf).toList();
  }
}
