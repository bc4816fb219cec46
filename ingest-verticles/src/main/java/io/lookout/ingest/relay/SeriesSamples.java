package io.lookout.ingest.relay;

import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import java.util.Arrays;
import java.util.List;

/**
 * A batch, series by series: its columns hold samples in any order of series, remote write wants
 * each series once. Samples of a series keep their order.
 */
final class SeriesSamples {
  private final WriteBatch batch;
  private final int[] first;
  private final int[] order;

  private SeriesSamples(WriteBatch batch, int[] first, int[] order) {
    this.batch = batch;
    this.first = first;
    this.order = order;
  }

  /** A counting sort by series. */
  static SeriesSamples of(WriteBatch batch) {
    int[] first = new int[batch.seriesCount() + 1];
    for (int i = 0; i < batch.sampleCount(); i++) {
      first[batch.seriesOf()[i] + 1]++;
    }
    for (int series = 0; series < batch.seriesCount(); series++) {
      first[series + 1] += first[series];
    }
    int[] next = first.clone();
    int[] order = new int[batch.sampleCount()];
    for (int i = 0; i < order.length; i++) {
      order[next[batch.seriesOf()[i]]++] = i;
    }
    return new SeriesSamples(batch, first, order);
  }

  /** Indices into the columns of the batch, in the order of the batch. */
  int[] samplesOf(int series) {
    return Arrays.copyOfRange(order, first[series], first[series + 1]);
  }

  List<SeriesExemplar> exemplarsOf(int series) {
    return batch.exemplars().stream().filter(each -> each.series() == series).toList();
  }
}
