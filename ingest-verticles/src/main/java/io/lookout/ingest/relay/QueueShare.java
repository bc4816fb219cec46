package io.lookout.ingest.relay;

import io.lookout.ingest.pipeline.SampleFilter;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch in parts: a series goes to the queue that its fingerprint names, and no part has more
 * samples than one request should. Metadata goes with the first part of each queue.
 */
final class QueueShare {
  /** A part and the number of its queue. */
  record Part(int queue, WriteBatch batch) {}

  private final WriteBatch batch;
  private final int mostSamples;
  private final List<Part> parts = new ArrayList<>();
  private final WriteBatch.@Nullable Builder[] open;

  /** Which part of its queue a series was last entered in, and as what number. */
  private final int[] partOf;

  private final int[] numberOf;
  private final int[] partsOfQueue;

  private QueueShare(WriteBatch batch, int queues, int mostSamples) {
    this.batch = batch;
    this.mostSamples = mostSamples;
    open = new WriteBatch.Builder[queues];
    partsOfQueue = new int[queues];
    partOf = new int[batch.seriesCount()];
    numberOf = new int[batch.seriesCount()];
  }

  static List<Part> of(WriteBatch batch, int queues, int mostSamples) {
    QueueShare share = new QueueShare(batch, queues, mostSamples);
    for (int i = 0; i < batch.sampleCount(); i++) {
      share.sample(i);
    }
    for (SeriesExemplar each : batch.exemplars()) {
      int queue = share.queueOf(each.series());
      WriteBatch.Builder part = share.part(queue);
      part.exemplar(share.number(each.series(), queue, part), each.exemplar());
    }
    if (batch.sampleCount() == 0 && !batch.metadata().isEmpty()) {
      share.part(0);
    }
    for (int queue = 0; queue < queues; queue++) {
      share.close(queue);
    }
    return share.parts;
  }

  private void sample(int i) {
    int series = batch.seriesOf()[i];
    int queue = queueOf(series);
    WriteBatch.Builder part = part(queue);
    SampleFilter.copySample(batch, i, number(series, queue, part), part);
    if (part.sampleCount() >= mostSamples) {
      close(queue);
    }
  }

  private int queueOf(int series) {
    SeriesKey key = batch.series()[series];
    return (int) Long.remainderUnsigned(key.fingerprint().low(), open.length);
  }

  private WriteBatch.Builder part(int queue) {
    WriteBatch.Builder part = open[queue];
    if (part == null) {
      part = new WriteBatch.Builder(batch.tenant(), Math.min(mostSamples, batch.sampleCount()));
      if (partsOfQueue[queue] == 0) {
        batch.metadata().forEach(part::metadata);
      }
      partsOfQueue[queue]++;
      open[queue] = part;
    }
    return part;
  }

  private int number(int series, int queue, WriteBatch.Builder part) {
    if (partOf[series] != partsOfQueue[queue]) {
      partOf[series] = partsOfQueue[queue];
      numberOf[series] = part.series(batch.series()[series]);
    }
    return numberOf[series];
  }

  private void close(int queue) {
    WriteBatch.Builder part = open[queue];
    if (part != null) {
      parts.add(new Part(queue, part.build()));
      open[queue] = null;
    }
  }
}
