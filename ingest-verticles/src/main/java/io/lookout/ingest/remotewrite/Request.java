package io.lookout.ingest.remotewrite;

import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;

/** The state of one request while it is decoded. */
final class Request {
  final String tenant;
  final long salt;
  private WriteBatch.Builder batch;
  final Rejections rejections = new Rejections();
  private final int maxEntries;
  private int entries;
  int series;
  int newSeries;

  Request(String tenant, long salt, int expectedSamples, int maxEntries) {
    this.tenant = tenant;
    this.salt = salt;
    this.batch = new WriteBatch.Builder(tenant, Math.min(expectedSamples, maxEntries));
    this.maxEntries = maxEntries;
  }

  /** So many samples will come, as far as is known before the first. */
  void expect(int samples) {
    batch = new WriteBatch.Builder(tenant, Math.min(samples, maxEntries));
  }

  WriteBatch.Builder batch() {
    return batch;
  }

  /** Counts what takes memory: samples and the like, and series without any. */
  void count(int more) {
    entries += more;
    if (entries > maxEntries) {
      throw new LookoutException(
          ErrorCode.TOO_LARGE,
          "request has more than " + maxEntries + " samples, exemplars and metadata");
    }
  }

  Decoded decoded(int bytes) {
    return new Decoded(batch.build(), rejections, series, newSeries, bytes);
  }
}
