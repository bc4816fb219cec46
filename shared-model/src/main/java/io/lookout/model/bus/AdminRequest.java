package io.lookout.model.bus;

import io.lookout.model.Matcher;
import java.util.List;

/**
 * Asks a storage node to change or copy what it holds.
 *
 * @param name of the snapshot to be made, else empty
 * @param matcherSets the series meant are those that all matchers of one set accept
 * @param minTime of the samples meant, ms, inclusive
 * @param maxTime ms, inclusive
 */
public record AdminRequest(
    Action action,
    String tenant,
    String name,
    List<List<Matcher>> matcherSets,
    long minTime,
    long maxTime) {
  /** What to do. */
  public enum Action {
    /** Move all samples of the time from the heads to the block store. */
    FLUSH,
    /** Delete the samples meant from the block store. */
    DELETE,
    /** Give back the disk of what was deleted. */
    CLEAN,
    /** Copy the block store into a directory. */
    SNAPSHOT
  }

  public AdminRequest {
    matcherSets = matcherSets.stream().map(List::copyOf).toList();
  }
}
