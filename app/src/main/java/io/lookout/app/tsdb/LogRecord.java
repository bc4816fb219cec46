package io.lookout.app.tsdb;

import io.lookout.model.Labels;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bytes.MalformedBytesException;

/**
 * A record of a log, after {@code tsdb/docs/format/wal.md} and, for what that leaves out, the
 * encoder of Prometheus 3.5: its type, and entries until its end.
 *
 * <pre>
 *   1 series        (number:u64 labels)*
 *   2 samples       number:u64 time:u64 (number:v time:v value:u64)*                 v: difference,
 *   4 exemplars     number:u64 time:u64 (number:v time:v value:u64 labels)*             zigzag
 *   7 to 10 histograms, {@link HistogramRecord}
 *   3 tombstones    (number:u64 min:v max:v)*
 *   5 markers of chunks, which hold nothing that is not in the log
 *   6 metadata      (number:varint type:u8 n:varint n * (name:text value:text))*
 * </pre>
 */
final class LogRecord {
  private static final int SERIES = 1;
  private static final int SAMPLES = 2;
  private static final int TOMBSTONES = 3;
  private static final int EXEMPLARS = 4;
  private static final int CHUNK_MARKERS = 5;
  private static final int METADATA = 6;
  private static final int HISTOGRAMS = 7;
  private static final int FLOAT_HISTOGRAMS = 8;
  private static final int CUSTOM_HISTOGRAMS = 9;
  private static final int CUSTOM_FLOAT_HISTOGRAMS = 10;

  private final RecordBytes in;
  private final LogVisitor visitor;

  private LogRecord(RecordBytes in, LogVisitor visitor) {
    this.in = in;
    this.visitor = visitor;
  }

  static boolean isTombstones(byte[] record) {
    return record.length > 0 && record[0] == TOMBSTONES;
  }

  /**
   * Hands the entries of a record over.
   *
   * @throws MalformedBytesException where the bytes are none; entries before them were handed over
   */
  static void read(byte[] bytes, LogVisitor visitor) {
    RecordBytes in = new RecordBytes(bytes);
    if (!in.hasMore()) {
      throw new MalformedBytesException("a record without a type");
    }
    LogRecord record = new LogRecord(in, visitor);
    int type = in.readByte();
    switch (type) {
      case SERIES -> record.series();
      case SAMPLES -> record.samples();
      case TOMBSTONES -> record.tombstones();
      case EXEMPLARS -> record.exemplars();
      case CHUNK_MARKERS -> {}
      case METADATA -> record.metadata();
      case HISTOGRAMS, CUSTOM_HISTOGRAMS -> record.histograms(true);
      case FLOAT_HISTOGRAMS, CUSTOM_FLOAT_HISTOGRAMS -> record.histograms(false);
      default -> visitor.unknown(type);
    }
  }

  private Labels labels() {
    Labels.Builder labels = Labels.EMPTY.toBuilder();
    for (int left = in.readCount(2); left > 0; left--) {
      labels.set(in.readText(), in.readText());
    }
    return labels.build();
  }

  private void series() {
    while (in.hasMore()) {
      visitor.series(in.readLong(), labels());
    }
  }

  private void samples() {
    if (in.hasMore()) {
      long series = in.readLong();
      long time = in.readLong();
      while (in.hasMore()) {
        visitor.sample(series + in.readVarint(), time + in.readVarint(), in.readDouble());
      }
    }
  }

  private void histograms(boolean integer) {
    if (in.hasMore()) {
      long series = in.readLong();
      long time = in.readLong();
      while (in.hasMore()) {
        visitor.sample(
            series + in.readVarint(), time + in.readVarint(), HistogramRecord.read(in, integer));
      }
    }
  }

  private void tombstones() {
    while (in.hasMore()) {
      visitor.deleted(in.readLong(), in.readVarint(), in.readVarint());
    }
  }

  private void exemplars() {
    if (in.hasMore()) {
      long series = in.readLong();
      long time = in.readLong();
      while (in.hasMore()) {
        long number = series + in.readVarint();
        long at = time + in.readVarint();
        double value = in.readDouble();
        visitor.exemplar(number, new Exemplar(labels(), value, at));
      }
    }
  }

  private void metadata() {
    while (in.hasMore()) {
      long series = in.readUvarint();
      int type = in.readByte();
      String help = "";
      String unit = "";
      for (int left = in.readCount(2); left > 0; left--) {
        String name = in.readText();
        String value = in.readText();
        switch (name) {
          case "HELP" -> help = value;
          case "UNIT" -> unit = value;
          default -> {} // Of a later version.
        }
      }
      visitor.metadata(series, type, help, unit);
    }
  }
}
