package io.lookout.ingest.pipeline;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import java.util.Arrays;

/**
 * Series that are dropped by their labels. They are remembered like others, under labels that no
 * series can have that is kept, so that they are judged once; their samples are decoded, and left
 * out here.
 */
public final class DroppedSeries implements BatchStage {
  /** As the self-metrics name what drops them. */
  private static final String NAME = "relabel";

  private static final String MARK = "__dropped__";

  /** Under what a dropped series is remembered: without a metric name, and still told apart. */
  public static SeriesKey key(String tenant, Labels labels) {
    return SeriesKey.of(
        tenant,
        labels.toBuilder().remove(Label.METRIC_NAME).set(MARK, labels.metricName()).build());
  }

  @Override
  public WriteBatch apply(WriteBatch batch, Rejections rejections) {
    for (int i = 0; i < batch.seriesCount(); i++) {
      if (isDropped(batch.series()[i])) {
        return without(batch, rejections);
      }
    }
    return batch;
  }

  private static boolean isDropped(SeriesKey series) {
    return series.labels().metricName().isEmpty();
  }

  private static WriteBatch without(WriteBatch batch, Rejections rejections) {
    boolean[] kept = new boolean[batch.seriesCount()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = !isDropped(batch.series()[i]);
    }
    boolean[] keep = new boolean[batch.sampleCount()];
    Arrays.fill(keep, true);
    int dropped = 0;
    for (int i = 0; i < keep.length; i++) {
      keep[i] = kept[batch.seriesOf()[i]];
      dropped += keep[i] ? 0 : 1;
    }
    if (dropped > 0) {
      rejections.drop(NAME, dropped);
    }
    return SampleFilter.keep(batch, keep);
  }
}
