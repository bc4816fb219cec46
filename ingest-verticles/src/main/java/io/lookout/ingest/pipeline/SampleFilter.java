package io.lookout.ingest.pipeline;

import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes a batch of a part of another batch's samples. */
public final class SampleFilter {
  private SampleFilter() {}

  /** The samples whose entry is true, with the series and exemplars that belong to them. */
  public static WriteBatch keep(WriteBatch batch, boolean[] keep) {
    WriteBatch.Builder kept = new WriteBatch.Builder(batch.tenant(), batch.sampleCount());
    int[] newIndex = new int[batch.seriesCount()];
    Arrays.fill(newIndex, -1);
    for (int i = 0; i < batch.sampleCount(); i++) {
      if (keep[i]) {
        int series = batch.seriesOf()[i];
        if (newIndex[series] < 0) {
          newIndex[series] = kept.series(batch.series()[series]);
        }
        copySample(batch, i, newIndex[series], kept);
      }
    }
    for (SeriesExemplar each : batch.exemplars()) {
      if (newIndex[each.series()] >= 0) {
        kept.exemplar(newIndex[each.series()], each.exemplar());
      }
    }
    batch.metadata().forEach(kept::metadata);
    return kept.build();
  }

  /** Appends sample {@code i} of one batch to another, as a sample of series {@code index}. */
  public static void copySample(WriteBatch from, int i, int index, WriteBatch.Builder to) {
    @Nullable NativeHistogram @Nullable [] histograms = from.histograms();
    NativeHistogram histogram = histograms == null ? null : histograms[i];
    if (histogram == null) {
      to.sample(index, from.times()[i], from.values()[i]);
    } else {
      to.sample(index, from.times()[i], histogram);
    }
    long[] startTimes = from.startTimes();
    if (startTimes != null && startTimes[i] != 0) {
      to.startTime(startTimes[i]);
    }
  }
}
