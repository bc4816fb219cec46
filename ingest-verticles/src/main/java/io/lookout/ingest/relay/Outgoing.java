package io.lookout.ingest.relay;

import io.lookout.ingest.pipeline.SampleFilter;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of a queue, in its order, that are sent in one request. */
final class Outgoing {
  /** However few samples are in each. */
  private static final int MOST_RECORDS = 1000;

  private final List<byte[]> records = new ArrayList<>();
  private final List<WriteBatch> batches = new ArrayList<>();
  private int samples;

  Outgoing(byte[] record, WriteBatch batch) {
    put(record, batch);
  }

  private void put(byte[] record, WriteBatch batch) {
    records.add(record);
    batches.add(batch);
    samples += batch.sampleCount();
  }

  /** Adds the record behind these, where it is of the same tenant and they do not get too many. */
  boolean add(byte[] record, WriteBatch batch, int mostSamples) {
    boolean fits =
        records.size() < MOST_RECORDS
            && samples + batch.sampleCount() <= mostSamples
            && batch.tenant().equals(batches.getFirst().tenant());
    if (fits) {
      put(record, batch);
    }
    return fits;
  }

  List<byte[]> records() {
    return records;
  }

  /** All of them as one, each series once; samples of a series keep their order. */
  WriteBatch batch() {
    if (batches.size() == 1) {
      return batches.getFirst();
    }
    WriteBatch.Builder all = new WriteBatch.Builder(batches.getFirst().tenant(), samples);
    Map<SeriesKey, Integer> known = new HashMap<>();
    Set<MetricMetadata> metadata = new LinkedHashSet<>();
    for (WriteBatch each : batches) {
      append(each, known, all);
      metadata.addAll(each.metadata());
    }
    metadata.forEach(all::metadata);
    return all.build();
  }

  private static void append(
      WriteBatch batch, Map<SeriesKey, Integer> known, WriteBatch.Builder all) {
    int[] numbers = new int[batch.seriesCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = known.computeIfAbsent(batch.series()[i], all::series);
    }
    for (int i = 0; i < batch.sampleCount(); i++) {
      SampleFilter.copySample(batch, i, numbers[batch.seriesOf()[i]], all);
    }
    for (SeriesExemplar each : batch.exemplars()) {
      all.exemplar(numbers[each.series()], each.exemplar());
    }
  }
}
