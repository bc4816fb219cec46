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
 * @param shared who reads the blocks of a store that nodes share
 */
public record SelectRequest(
    String tenant,
    List<Matcher> matchers,
    long minTime,
    long maxTime,
    int maxSeries,
    long maxBytes,
    SharedRead shared) {
  public SelectRequest {
    matchers = List.copyOf(matchers);
  }

  /** Of a node that reads everything itself. */
  public SelectRequest(
      String tenant,
      List<Matcher> matchers,
      long minTime,
      long maxTime,
      int maxSeries,
      long maxBytes) {
    this(tenant, matchers, minTime, maxTime, maxSeries, maxBytes, SharedRead.EACH);
  }

  public SelectRequest with(SharedRead other) {
    return new SelectRequest(tenant, matchers, minTime, maxTime, maxSeries, maxBytes, other);
  }
}
