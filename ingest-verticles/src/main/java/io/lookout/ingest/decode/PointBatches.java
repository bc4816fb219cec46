package io.lookout.ingest.decode;

import io.lookout.ingest.series.SeriesIndex;

/** Makes the batches of requests. Thread-safe. */
public record PointBatches(SeriesIndex index, DecodeLimits limits) {
  /** Of what a request costs at least, a sample's share in bytes: for the first guess. */
  private static final int BYTES_A_SAMPLE = 64;

  /** A batch for a request of so many bytes. */
  public PointBatch batch(String tenant, int bytes) {
    return new PointBatch(index, tenant, limits, bytes / BYTES_A_SAMPLE);
  }
}
