package io.lookout.ingest.remotewrite;

import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.series.SeriesAdmission;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.series.SeriesCache;

/** Decoders as tests want them. */
final class Decoders {
  static final int MAX_BYTES = 1 << 20;
  static final int MAX_ENTRIES = 10_000;

  private Decoders() {}

  static SeriesIndex index() {
    return new SeriesIndex(
        new SeriesCache(1024),
        new StringPool(),
        new SeriesAdmission(new LabelLimits(50, 100, 1000)),
        42);
  }

  static RemoteWriteDecoder decoder() {
    return new RemoteWriteDecoder(index(), new DecodeLimits(MAX_BYTES, MAX_ENTRIES));
  }
}
