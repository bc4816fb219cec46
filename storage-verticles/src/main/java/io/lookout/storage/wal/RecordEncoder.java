package io.lookout.storage.wal;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.chunk.ColumnCodec;
import io.lookout.model.chunk.NativeHistogramCodec;
import io.lookout.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Batches as records. Samples are columns, as in chunks, but across series: references that mostly
 * follow each other, times that are mostly the same, and values in pieces of {@value #PIECE}, so
 * that the piece of one metric is packed as suits that metric.
 *
 * <pre>
 *   samples    := 2 count:varint refs:column times:column startTimes? piece*
 *   histograms := 3 count:varint refs:column times:column startTimes? histogram*
 *   startTimes := 0:u8  |  1:u8 column
 *   piece      := column of doubles
 * </pre>
 */
final class RecordEncoder {
  static final int PIECE = 128;

  private final ColumnCodec columns = new ColumnCodec();
  private long[] refs = new long[1024];
  private long[] times = new long[1024];
  private long[] startTimes = new long[1024];
  private double[] values = new double[1024];
  private int count;

  /** Appends the samples of a batch, whose series {@code i} is called {@code refOf[i]}. */
  void samples(ByteWriter out, WriteBatch batch, int[] refOf) {
    if (batch.sampleCount() == 0) {
      return;
    }
    reserve(batch.sampleCount());
    if (batch.histograms() == null) {
      takeAll(batch, refOf);
      floats(out, batch.startTimes() != null);
    } else {
      takeFloats(batch, batch.histograms(), refOf);
      floats(out, batch.startTimes() != null);
      histograms(out, batch, batch.histograms(), refOf);
    }
  }

  private void takeAll(WriteBatch batch, int[] refOf) {
    count = batch.sampleCount();
    int[] seriesOf = batch.seriesOf();
    for (int i = 0; i < count; i++) {
      refs[i] = refOf[seriesOf[i]];
    }
    System.arraycopy(batch.times(), 0, times, 0, count);
    System.arraycopy(batch.values(), 0, values, 0, count);
    if (batch.startTimes() != null) {
      System.arraycopy(batch.startTimes(), 0, startTimes, 0, count);
    }
  }

  private void takeFloats(WriteBatch batch, @Nullable NativeHistogram[] histograms, int[] refOf) {
    count = 0;
    for (int i = 0; i < batch.sampleCount(); i++) {
      if (histograms[i] == null) {
        take(batch, i, refOf[batch.seriesOf()[i]]);
      }
    }
  }

  private void take(WriteBatch batch, int i, int ref) {
    refs[count] = ref;
    times[count] = batch.times()[i];
    values[count] = batch.values()[i];
    long[] starts = batch.startTimes();
    startTimes[count] = starts == null ? 0 : starts[i];
    count++;
  }

  private void floats(ByteWriter out, boolean withStartTimes) {
    if (count == 0) {
      return;
    }
    int at = Frame.begin(out);
    out.putByte(RecordType.SAMPLES);
    head(out, withStartTimes);
    for (int from = 0; from < count; from += PIECE) {
      columns.writeDoubles(out, values, from, Math.min(PIECE, count - from));
    }
    Frame.end(out, at);
  }

  private void histograms(
      ByteWriter out, WriteBatch batch, @Nullable NativeHistogram[] histograms, int[] refOf) {
    count = 0;
    for (int i = 0; i < batch.sampleCount(); i++) {
      if (histograms[i] != null) {
        take(batch, i, refOf[batch.seriesOf()[i]]);
      }
    }
    if (count == 0) {
      return;
    }
    int at = Frame.begin(out);
    out.putByte(RecordType.HISTOGRAMS);
    head(out, batch.startTimes() != null);
    for (int i = 0; i < batch.sampleCount(); i++) {
      NativeHistogram histogram = histograms[i];
      if (histogram != null) {
        NativeHistogramCodec.write(histogram, out);
      }
    }
    Frame.end(out, at);
  }

  private void head(ByteWriter out, boolean withStartTimes) {
    out.putVarLong(count);
    columns.writeLongs(out, refs, count);
    columns.writeLongs(out, times, count);
    out.putByte(withStartTimes ? 1 : 0);
    if (withStartTimes) {
      columns.writeLongs(out, startTimes, count);
    }
  }

  /** Appends {@code 1 ref:varint tenant:text labels}. */
  static void series(ByteWriter out, int ref, SeriesKey key) {
    int at = Frame.begin(out);
    out.putByte(RecordType.SERIES);
    out.putVarLong(ref);
    out.putText(key.tenant());
    labels(out, key.labels());
    Frame.end(out, at);
  }

  /** Appends {@code 4 ref:varint time:zigzag value:u64 labels}. */
  static void exemplar(ByteWriter out, int ref, Exemplar exemplar) {
    int at = Frame.begin(out);
    out.putByte(RecordType.EXEMPLARS);
    out.putVarLong(ref);
    out.putZigZag(exemplar.time());
    out.putDouble(exemplar.value());
    labels(out, exemplar.labels());
    Frame.end(out, at);
  }

  /** Appends {@code 5 tenant:text family:text type:text help:text unit:text}. */
  static void metadata(ByteWriter out, String tenant, MetricMetadata entry) {
    int at = Frame.begin(out);
    out.putByte(RecordType.METADATA);
    out.putText(tenant);
    out.putText(entry.metricFamily());
    out.putText(entry.type());
    out.putText(entry.help());
    out.putText(entry.unit());
    Frame.end(out, at);
  }

  /** Appends {@code 6|7 window:zigzag generation:varint}. */
  static void window(ByteWriter out, int type, long window, long generation) {
    int at = Frame.begin(out);
    out.putByte(type);
    out.putZigZag(window);
    out.putVarLong(generation);
    Frame.end(out, at);
  }

  /** Appends {@code 8 generation:varint}. */
  static void generation(ByteWriter out, long generation) {
    int at = Frame.begin(out);
    out.putByte(RecordType.GENERATION);
    out.putVarLong(generation);
    Frame.end(out, at);
  }

  /** {@code count:varint count * (name:text value:text)}. */
  private static void labels(ByteWriter out, Labels labels) {
    out.putVarLong(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.putText(labels.name(i));
      out.putText(labels.value(i));
    }
  }

  private void reserve(int n) {
    if (n > refs.length) {
      int capacity = Math.max(n, refs.length * 2);
      refs = new long[capacity];
      times = new long[capacity];
      startTimes = new long[capacity];
      values = new double[capacity];
    }
  }
}
