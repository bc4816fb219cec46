package io.lookout.ingest.exposition;

import static io.lookout.ingest.protobuf.ProtoReader.FIXED64;
import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.RawLabels;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message {@code Metric} as the rows that become samples. Used again; not thread-safe. */
final class ProtobufMetric {
  /** A metric becomes at most so many series. */
  private static final int MOST_ROWS = 1 << 16;

  private final RawLabels labels;
  private final ProtobufHistogram histograms;
  private final ProtobufExemplar exemplarReader;

  private Row[] rows = new Row[16];
  private int size;
  private boolean timed;
  private long time;
  private long startTime;
  private @Nullable NativeHistogram histogram;

  /**
   * One series.
   *
   * @param boundName the label that tells buckets or quantiles apart; empty where there is none
   */
  private record Row(
      String suffix,
      String boundName,
      double bound,
      double value,
      boolean isHistogram,
      List<Exemplar> exemplars) {}

  ProtobufMetric(StringPool strings) {
    labels = new RawLabels(strings);
    exemplarReader = new ProtobufExemplar(strings);
    histograms = new ProtobufHistogram(exemplarReader);
  }

  void clear() {
    Arrays.fill(rows, 0, size, null);
    size = 0;
    timed = false;
    startTime = 0;
    histogram = null;
  }

  int rows() {
    return size;
  }

  boolean isTimed() {
    return timed;
  }

  long time() {
    return time;
  }

  long startTime() {
    return startTime;
  }

  NativeHistogram histogram() {
    if (histogram == null) {
      throw new IllegalStateException("no histogram was read");
    }
    return histogram;
  }

  String suffix(int row) {
    return rows[row].suffix;
  }

  String boundName(int row) {
    return rows[row].boundName;
  }

  double bound(int row) {
    return rows[row].bound;
  }

  double value(int row) {
    return rows[row].value;
  }

  boolean isHistogram(int row) {
    return rows[row].isHistogram;
  }

  List<Exemplar> exemplars(int row) {
    return rows[row].exemplars;
  }

  byte[] labelBytes() {
    return labels.bytes();
  }

  int labelLength() {
    return labels.to();
  }

  void labels(LabelPairs into) {
    if (!labels.parseInto(into)) {
      throw new LookoutException(ErrorCode.BAD_DATA, "a label is not UTF-8");
    }
  }

  /** Reads the message that lies between the reader's position and its limit. */
  void read(ProtoReader in, boolean nativeHistograms, boolean classicToo) {
    clear();
    labels.gather(in.bytes(), in.position(), in.limit());
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | LENGTH_DELIMITED, 5 << 3 | LENGTH_DELIMITED, 3 << 3 | LENGTH_DELIMITED ->
            number(in);
        case 4 << 3 | LENGTH_DELIMITED -> summary(in);
        case 7 << 3 | LENGTH_DELIMITED -> histogram(in, nativeHistograms, classicToo);
        case 6 << 3 | VARINT -> {
          time = in.varint();
          timed = true;
        }
        default -> in.skip(tag);
      }
    }
  }

  /** Counter, gauge and untyped have their value in the same field; exemplars only counters. */
  private void number(ProtoReader in) {
    int outer = in.enter();
    double value = 0;
    List<Exemplar> exemplars = List.of();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | FIXED64 -> value = in.float64();
        case 2 << 3 | LENGTH_DELIMITED -> exemplars = exemplarReader.read(in);
        case 3 << 3 | LENGTH_DELIMITED -> startTime = exemplarReader.timestamp(in);
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    add(new Row("", "", 0, value, false, exemplars));
  }

  private void summary(ProtoReader in) {
    int outer = in.enter();
    double count = 0;
    double sum = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> count = ProtobufHistogram.unsigned(in.varint());
        case 2 << 3 | FIXED64 -> sum = in.float64();
        case 3 << 3 | LENGTH_DELIMITED -> quantile(in);
        case 4 << 3 | LENGTH_DELIMITED -> startTime = exemplarReader.timestamp(in);
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    add(new Row("_count", "", 0, count, false, List.of()));
    add(new Row("_sum", "", 0, sum, false, List.of()));
  }

  private void quantile(ProtoReader in) {
    int outer = in.enter();
    double quantile = 0;
    double value = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | FIXED64 -> quantile = in.float64();
        case 2 << 3 | FIXED64 -> value = in.float64();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    add(new Row("", "quantile", quantile, value, false, List.of()));
  }

  private void histogram(ProtoReader in, boolean nativeHistograms, boolean classicToo) {
    histograms.read(in);
    startTime = histograms.startTime();
    boolean asNative = nativeHistograms && histograms.isNative();
    if (asNative) {
      histogram = histograms.toHistogram();
      add(new Row("", "", 0, histogram.sum(), true, histograms.allExemplars()));
    }
    if (!asNative || (classicToo && histograms.buckets() > 0)) {
      classic();
    }
  }

  private void classic() {
    add(new Row("_count", "", 0, histograms.count(), false, List.of()));
    add(new Row("_sum", "", 0, histograms.sum(), false, List.of()));
    boolean open = true;
    for (int i = 0; i < histograms.buckets(); i++) {
      double bound = histograms.bound(i);
      open &= bound != Double.POSITIVE_INFINITY;
      List<Exemplar> exemplars = histograms.exemplars(i);
      add(new Row("_bucket", "le", bound, histograms.cumulative(i), false, exemplars));
    }
    if (open) {
      add(new Row("_bucket", "le", Double.POSITIVE_INFINITY, histograms.count(), false, List.of()));
    }
  }

  private void add(Row row) {
    if (size == MOST_ROWS) {
      throw new LookoutException(ErrorCode.BAD_DATA, "a metric of more than " + size + " series");
    }
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, size * 2);
    }
    rows[size++] = row;
  }
}
