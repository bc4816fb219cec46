package io.lookout.storage.wal;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.chunk.ColumnCodec;
import io.lookout.model.chunk.NativeHistogramCodec;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordEncoder} wrote. One for each segment: references are the segment's. */
final class RecordDecoder {
  /** More in one record is not believed: bounds what is allocated for a count. */
  private static final int MAX_SAMPLES = 1 << 24;

  /** References above are not believed. */
  private static final int MAX_REF = 1 << 30;

  private static final int UNKNOWN = -1;

  private final ColumnCodec columns = new ColumnCodec();
  private final WalVisitor visitor;
  private int[] refs = new int[0];
  private long[] refColumn = new long[0];
  private long[] times = new long[0];
  private long[] startTimes = new long[0];
  private double[] values = new double[0];
  private long samples;
  private long unknown;

  RecordDecoder(WalVisitor visitor) {
    this.visitor = visitor;
  }

  long samples() {
    return samples;
  }

  /** Samples and exemplars whose series was not defined: they were skipped. */
  long unknown() {
    return unknown;
  }

  /**
   * Tells the visitor what the payload holds.
   *
   * @throws MalformedBytesException or {@link io.lookout.model.LookoutException} where it is none
   */
  void decode(ByteReader in) {
    int type = in.readByte();
    switch (type) {
      case RecordType.SERIES -> series(in);
      case RecordType.SAMPLES -> floats(in);
      case RecordType.HISTOGRAMS -> histograms(in);
      case RecordType.EXEMPLARS -> exemplar(in);
      case RecordType.METADATA -> metadata(in);
      case RecordType.SEALED -> visitor.sealed(in.readZigZag(), in.readVarLong());
      case RecordType.RELEASED -> visitor.released(in.readZigZag(), in.readVarLong());
      case RecordType.GENERATION -> visitor.generation(in.readVarLong());
      default -> throw new MalformedBytesException("record of type " + type);
    }
  }

  private void series(ByteReader in) {
    long ref = in.readVarLong();
    if (ref < 0 || ref > MAX_REF) {
      throw new MalformedBytesException("series reference " + ref);
    }
    String tenant = in.readText();
    Labels labels = labels(in);
    if (ref >= refs.length) {
      int known = refs.length;
      refs = Arrays.copyOf(refs, (int) Math.max(ref + 1, Math.min(2L * known, MAX_REF)));
      Arrays.fill(refs, known, refs.length, UNKNOWN);
    }
    refs[(int) ref] = visitor.series(SeriesKey.of(tenant, labels));
  }

  private static Labels labels(ByteReader in) {
    String[] pairs = new String[2 * in.readCount(2)];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = in.readText();
    }
    return Labels.ofSorted(pairs);
  }

  private int ref(long logged) {
    return logged < 0 || logged >= refs.length ? UNKNOWN : refs[(int) logged];
  }

  private void floats(ByteReader in) {
    int n = head(in);
    for (int from = 0; from < n; from += RecordEncoder.PIECE) {
      columns.readDoubles(in, values, from, Math.min(RecordEncoder.PIECE, n - from));
    }
    for (int i = 0; i < n; i++) {
      sample(i, values[i], null);
    }
  }

  private void histograms(ByteReader in) {
    int n = head(in);
    for (int i = 0; i < n; i++) {
      NativeHistogram histogram = NativeHistogramCodec.read(in);
      sample(i, histogram.sum(), histogram);
    }
  }

  private void sample(int i, double value, @Nullable NativeHistogram histogram) {
    int ref = ref(refColumn[i]);
    if (ref == UNKNOWN) {
      unknown++;
    } else {
      samples++;
      visitor.sample(ref, times[i], value, histogram, startTimes[i]);
    }
  }

  private int head(ByteReader in) {
    long count = in.readVarLong();
    if (count < 1 || count > MAX_SAMPLES) {
      throw new MalformedBytesException("record of " + count + " samples");
    }
    int n = (int) count;
    if (n > refColumn.length) {
      refColumn = new long[n];
      times = new long[n];
      startTimes = new long[n];
      values = new double[n];
    }
    columns.readLongs(in, refColumn, 0, n);
    columns.readLongs(in, times, 0, n);
    if (in.readByte() == 1) {
      columns.readLongs(in, startTimes, 0, n);
    } else {
      Arrays.fill(startTimes, 0, n, 0);
    }
    return n;
  }

  private void exemplar(ByteReader in) {
    int ref = ref(in.readVarLong());
    long time = in.readZigZag();
    double value = in.readDouble();
    if (ref == UNKNOWN) {
      unknown++;
    } else {
      visitor.exemplar(ref, new Exemplar(labels(in), value, time));
    }
  }

  private void metadata(ByteReader in) {
    String tenant = in.readText();
    visitor.metadata(
        tenant, new MetricMetadata(in.readText(), in.readText(), in.readText(), in.readText()));
  }
}
