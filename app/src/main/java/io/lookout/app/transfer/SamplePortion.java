package io.lookout.app.transfer;

import io.lookout.app.test.WriteRequest;
import io.lookout.app.tsdb.HeadPortion.HeadSeries;
import io.lookout.app.tsdb.HeadPortion.Metadata;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.ChunkMerge;

/** Collects samples until they make a request of some thousand. Not thread-safe. */
final class SamplePortion {
  private static final int SAMPLES = 20_000;

  private final RemoteWriter writer;
  private WriteRequest request = new WriteRequest();
  private int size;

  /** Exemplars and metadata, which are not counted as samples. */
  private int others;

  private long written;

  SamplePortion(RemoteWriter writer) {
    this.writer = writer;
  }

  /** Samples that were acknowledged. */
  long written() {
    return written;
  }

  /** Adds a series, of many samples in several requests. */
  void add(Labels labels, SampleColumns samples) throws ImportException {
    for (int from = 0; from < samples.size; from += SAMPLES) {
      SampleColumns some = samples;
      if (samples.size > SAMPLES) {
        some = new SampleColumns(SAMPLES);
        for (int i = from; i < Math.min(samples.size, from + SAMPLES); i++) {
          ChunkMerge.append(samples, i, some);
        }
      }
      request.add(labels, some);
      size += some.size;
      if (size >= SAMPLES && samples.size > SAMPLES) {
        write();
      }
    }
  }

  /** Adds a series with all that the log has of it. */
  void add(HeadSeries series) throws ImportException {
    add(series.labels(), series.samples());
    request.addExemplars(series.labels(), series.exemplars());
    Metadata metadata = series.metadata();
    if (metadata != null) {
      request.addMetadata(series.labels(), metadata.type(), metadata.help(), metadata.unit());
    }
    others += series.exemplars().size() + (metadata == null ? 0 : 1);
  }

  boolean isFull() {
    return size + others >= SAMPLES;
  }

  /** Returns when all that was added is acknowledged. */
  void write() throws ImportException {
    if (size + others > 0) {
      writer.write(request);
      written += size;
      request = new WriteRequest();
      size = 0;
      others = 0;
    }
  }
}
