package io.lookout.benchmarks;

import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.series.SeriesAdmission;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.series.SeriesCache;

/** What decoders put samples into, as a node has it. */
final class Batches {
  private Batches() {}

  /** With room to remember 65,536 series. */
  static PointBatches remembering() {
    return new PointBatches(
        new SeriesIndex(
            new SeriesCache(1 << 16),
            new StringPool(),
            new SeriesAdmission(new LabelLimits(128, 1024, 8192)),
            42),
        new DecodeLimits(1 << 27, 500_000));
  }
}
