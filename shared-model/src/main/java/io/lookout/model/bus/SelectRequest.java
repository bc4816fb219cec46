package io.lookout.model.bus;

import io.lookout.model.Matcher;
import io.lookout.model.aggregate.Wanted;
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
 * @param wanted what for: while samples are there, aggregates may stand in for them only where that
 *     makes no difference
 * @param alignment that is so for every resolution (ms) that this is a multiple of, ms; 0: for none
 */
public record SelectRequest(
    String tenant,
    List<Matcher> matchers,
    long minTime,
    long maxTime,
    int maxSeries,
    long maxBytes,
    SharedRead shared,
    Wanted wanted,
    long alignment) {
  public SelectRequest {
    matchers = List.copyOf(matchers);
  }

  /** Asks a node that reads everything itself for samples. */
  public SelectRequest(
      String tenant,
      List<Matcher> matchers,
      long minTime,
      long maxTime,
      int maxSeries,
      long maxBytes) {
    this(
        tenant,
        matchers,
        minTime,
        maxTime,
        maxSeries,
        maxBytes,
        SharedRead.EACH,
        Wanted.SAMPLES,
        0);
  }

  public SelectRequest with(SharedRead other) {
    return new SelectRequest(
        tenant, matchers, minTime, maxTime, maxSeries, maxBytes, other, wanted, alignment);
  }

  /** The same, answered from samples as far as these are kept. */
  public SelectRequest ofSamples() {
    return new SelectRequest(
        tenant, matchers, minTime, maxTime, maxSeries, maxBytes, shared, wanted, 0);
  }

  /** The same of another time, by other matchers. */
  public SelectRequest of(List<Matcher> others, long from, long to) {
    return new SelectRequest(
        tenant, others, from, to, maxSeries, maxBytes, shared, wanted, alignment);
  }
}
