package io.lookout.ingest.otlp;

import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Uploads;

/**
 * What requests over HTTP and gRPC are decoded with: they share the sums of deltas. Thread-safe.
 */
public record OtlpDecoders(PointBatches batches, OtlpSettings settings, DeltaSums deltas) {
  Uploads.Decoding decoding(String tenant, boolean json) {
    OtlpDecoder decoder = new OtlpDecoder(batches, settings.promoteAttributes(), deltas);
    return (bytes, length) -> decoder.decode(tenant, json, bytes, length).decoded(length);
  }
}
