package io.lookout.ingest.intake;

import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a batch.
 *
 * @param samples floats that are durable
 * @param histograms native histograms that are durable
 * @param exemplars that were handed to storage with them
 * @param rejections everything that was refused on the way
 */
public record Written(int samples, int histograms, int exemplars, Rejections rejections) {
  /**
   * Shards count floats and histograms together. Where they have refused some of a batch of both,
   * the refused ones are taken to be floats first.
   */
  static Written of(WriteBatch batch, WriteResult result, Rejections rejections) {
    int histograms = histogramsIn(batch);
    int floats = batch.sampleCount() - histograms;
    int refused = Math.max(0, batch.sampleCount() - result.accepted());
    int refusedFloats = Math.min(refused, floats);
    return new Written(
        floats - refusedFloats,
        Math.max(0, histograms - (refused - refusedFloats)),
        batch.exemplars().size(),
        rejections);
  }

  private static int histogramsIn(WriteBatch batch) {
    @Nullable NativeHistogram @Nullable [] column = batch.histograms();
    int count = 0;
    if (column != null) {
      for (int i = 0; i < batch.sampleCount(); i++) {
        count += column[i] == null ? 0 : 1;
      }
    }
    return count;
  }
}
