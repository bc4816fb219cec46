package io.lookout.query.remoteread;

import io.lookout.model.Matcher;
import java.util.List;

/**
 * What a client wants to read: {@code prometheus.ReadRequest}.
 *
 * @param streamed whether the answer is a stream of chunks instead of one message with samples
 */
public record ReadRequest(List<ReadQuery> queries, boolean streamed) {
  /**
   * The series that all matchers accept and their samples in a range. Hints of the client, which
   * may be ignored, are.
   *
   * @param minTime first time wanted, ms, inclusive
   * @param maxTime last time wanted, ms, inclusive
   * @param matchers at least one
   */
  public record ReadQuery(long minTime, long maxTime, List<Matcher> matchers) {}

  public ReadRequest {
    queries = List.copyOf(queries);
  }
}
