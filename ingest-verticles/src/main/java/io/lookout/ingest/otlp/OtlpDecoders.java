package io.lookout.ingest.otlp;

import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Uploads;

/**
 * What requests over HTTP and gRPC are decoded with: they share the sums of deltas. Thread-safe.
 */
public record OtlpDecoders(PointBatches batches, OtlpSettings settings, DeltaSums deltas) {
  /**
   * @param tally of the request's data points, for the answer
   */
  Uploads.Decoding decoding(String tenant, boolean json, PointTally tally) {
    OtlpDecoder decoder = new OtlpDecoder(batches, settings.translation(), deltas, tally);
    return (bytes, length) -> decoder.decode(tenant, json, bytes, length).decoded(length);
  }
}
