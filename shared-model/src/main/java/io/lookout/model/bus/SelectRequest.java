package io.lookout.model.bus;

import io.lookout.model.Matcher;
import java.util.List;

/**
 * Asks a storage node for the chunks of all series that match.
 *
 * @param matchers all must accept; not empty
 * @param minTime first time wanted, ms, inclusive
 * @param maxTime last time wanted, ms, inclusive
 * @param maxSeries answers with {@code EXECUTION} where more would match
 * @param maxBytes the same for encoded bytes
 */
public record SelectRequest(
    String tenant,
    List<Matcher> matchers,
    long minTime,
    long maxTime,
    int maxSeries,
    long maxBytes) {
  public SelectRequest {
    matchers = List.copyOf(matchers);
  }
}
