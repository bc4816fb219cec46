package io.lookout.query.opentsdb;

import java.util.List;

/**
 * A request of {@code /api/query}.
 *
 * @param start first time wanted, ms
 * @param end last time wanted, ms
 * @param millis whether times are answered in ms
 * @param arrays whether points are answered as arrays
 * @param showQuery whether each result says which query it is of
 */
record TsdbQuery(
    long start,
    long end,
    boolean millis,
    boolean arrays,
    boolean showQuery,
    List<SubQuery> queries) {
  /** Each is a select of its own. */
  private static final int MOST = 64;

  TsdbQuery {
    queries = List.copyOf(queries);
    if (end <= start) {
      throw Bad.request(
          "End time [" + end + "] must be greater than the start time [" + start + "]");
    }
    if (queries.isEmpty()) {
      throw Bad.request("Missing queries");
    }
    if (queries.size() > MOST) {
      throw Bad.request("more than " + MOST + " queries in one request");
    }
  }
}
