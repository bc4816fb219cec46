package io.lookout.ingest.metricbeat;

import org.jspecify.annotations.Nullable;

/**
 * What has become of one action of a bulk request.
 *
 * @param action index, create, update or delete
 * @param id as the sender chose it, or null
 * @param problem null where all is well
 * @param time of its samples, ms
 * @param samples that were taken
 */
record BulkItem(
    String action,
    String index,
    @Nullable String id,
    @Nullable Problem problem,
    long time,
    int samples) {
  /** In the words of Elasticsearch. */
  record Problem(int status, String type, String reason) {
    static final String PARSING = "document_parsing_exception";
    static final String REFUSED = "illegal_argument_exception";

    private static final int SHOWN = 500;

    Problem {
      reason = reason.length() <= SHOWN ? reason : reason.substring(0, SHOWN) + "…";
    }
  }

  BulkItem with(Problem found) {
    return new BulkItem(action, index, id, found, time, samples);
  }
}
