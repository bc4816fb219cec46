package io.lookout.ingest.route;

import io.lookout.ingest.pipeline.SampleFilter;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import java.util.List;

/**
 * What is sent instead of a batch that is too large for its receiver: metadata apart from samples,
 * samples apart from exemplars, then halves of each.
 */
public final class Halves {
  private Halves() {}

  /** The parts, each smaller than the batch; none where it cannot be smaller. */
  public static List<WriteBatch> of(WriteBatch batch) {
    int metadata = batch.metadata().size();
    int exemplars = batch.exemplars().size();
    int samples = batch.sampleCount();
    if (metadata > 0 && samples + exemplars > 0) {
      return List.of(part(batch, 0, samples, 0, exemplars), metadata(batch, 0, metadata));
    }
    if (metadata > 1) {
      return List.of(metadata(batch, 0, metadata / 2), metadata(batch, metadata / 2, metadata));
    }
    if (samples > 0 && exemplars > 0) {
      return List.of(part(batch, 0, samples, 0, 0), part(batch, 0, 0, 0, exemplars));
    }
    if (samples > 1) {
      return List.of(part(batch, 0, samples / 2, 0, 0), part(batch, samples / 2, samples, 0, 0));
    }
    if (exemplars > 1) {
      return List.of(
          part(batch, 0, 0, 0, exemplars / 2), part(batch, 0, 0, exemplars / 2, exemplars));
    }
    return List.of();
  }

  /** Samples [from, to) and exemplars [first, end), with those series alone that they are of. */
  private static WriteBatch part(WriteBatch batch, int from, int to, int first, int end) {
    WriteBatch.Builder part = new WriteBatch.Builder(batch.tenant(), to - from);
    int[] numbers = new int[batch.seriesCount()];
    for (int i = from; i < to; i++) {
      SampleFilter.copySample(batch, i, number(batch, batch.seriesOf()[i], numbers, part), part);
    }
    for (SeriesExemplar each : batch.exemplars().subList(first, end)) {
      part.exemplar(number(batch, each.series(), numbers, part), each.exemplar());
    }
    return part.build();
  }

  /** Numbers are kept with one added: 0 is for a series that is not in the part yet. */
  private static int number(WriteBatch batch, int series, int[] numbers, WriteBatch.Builder part) {
    if (numbers[series] == 0) {
      numbers[series] = part.series(batch.series()[series]) + 1;
    }
    return numbers[series] - 1;
  }

  private static WriteBatch metadata(WriteBatch batch, int from, int to) {
    WriteBatch.Builder part = new WriteBatch.Builder(batch.tenant(), 0);
    batch.metadata().subList(from, to).forEach(part::metadata);
    return part.build();
  }
}
