package io.lookout.ingest.intake;

import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;

/**
 * What has become of a batch. What was dropped on purpose counts as written: its sender has nothing
 * to do about it.
 *
 * @param samples floats that are durable
 * @param histograms native histograms that are durable
 * @param exemplars that were taken with them
 * @param rejections everything that was refused on the way
 */
public record Written(int samples, int histograms, int exemplars, Rejections rejections) {
  static Written of(WriteResult result, Rejections rejections) {
    return new Written(
        result.accepted() - result.histograms(),
        result.histograms(),
        result.exemplars(),
        rejections);
  }

  /** The same with what one batch has more than another that was made of it. */
  Written plusDropped(WriteBatch before, WriteBatch after) {
    int dropped = before.sampleCount() - after.sampleCount();
    int droppedHistograms = before.histogramCount() - after.histogramCount();
    return new Written(
        samples + dropped - droppedHistograms,
        histograms + droppedHistograms,
        exemplars + before.exemplars().size() - after.exemplars().size(),
        rejections);
  }
}
