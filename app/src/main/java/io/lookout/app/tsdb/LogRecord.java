package io.lookout.app.tsdb;

import io.lookout.model.Labels;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bytes.MalformedBytesException;

/**
 * A record of a log: its type, and entries until its end. Types 1 to 10 are after {@code
 * tsdb/docs/format/wal.md} and, for what that leaves out, the encoder of Prometheus 3.5, and were
 * tried on logs that it wrote. Types 11 to 14 are of versions after 3.5, where samples have start
 * timestamps ({@code --enable-feature=st-storage}): after {@code tsdb/record/record.go} of the main
 * branch of 2026, tried on records made by hand alone.
 *
 * <pre>
 *   1 series        (number:u64 labels)*
 *   2 samples       number:u64 time:u64 (number:v time:v value:u64)*                 v: difference,
 *   4 exemplars     number:u64 time:u64 (number:v time:v value:u64 labels)*             zigzag
 *   7 to 10 histograms, {@link HistogramRecord}
 *   3 tombstones    (number:u64 min:v max:v)*
 *   5 markers of chunks, which hold nothing that is not in the log
 *   6 metadata      (number:varint type:u8 n:varint n * (name:text value:text))*
 *  11 samples       number:v time:v start:v value:u64 (number:v time:v start value:u64)*
 *  12, 13 histograms likewise, of integers and of floats, custom buckets among them
 *  14 time:u64      samples before it are in blocks; in checkpoints only
 * </pre>
 *
 * In types 11 to 13 a number is a difference to the one before, a time to the first one. A start is
 * {@code 0} for none, {@code 1} for that of the entry before, or {@code 2} and its difference to
 * the first one.
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
  private static final int STARTED_SAMPLES = 11;
  private static final int STARTED_HISTOGRAMS = 12;
  private static final int STARTED_FLOAT_HISTOGRAMS = 13;
  private static final int MIN_VALID_TIME = 14;

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
      case STARTED_SAMPLES ->
          record.started(
              (number, time, start) -> visitor.sample(number, time, start, in.readDouble()));
      case STARTED_HISTOGRAMS -> record.startedHistograms(true);
      case STARTED_FLOAT_HISTOGRAMS -> record.startedHistograms(false);
      case MIN_VALID_TIME -> record.end();
      default -> visitor.unknown(type);
    }
  }

  /** Reads what stands behind number, time and start of an entry. */
  @FunctionalInterface
  private interface Entry {
    void read(long number, long time, long start);
  }

  private void started(Entry entry) {
    if (!in.hasMore()) {
      return;
    }
    long number = in.readVarint();
    long firstTime = in.readVarint();
    long firstStart = in.readVarint();
    long start = firstStart;
    entry.read(number, firstTime, start);
    while (in.hasMore()) {
      number += in.readVarint();
      long time = firstTime + in.readVarint();
      start = start(start, firstStart);
      entry.read(number, time, start);
    }
  }

  private long start(long before, long first) {
    return switch (in.readByte()) {
      case 0 -> 0;
      case 1 -> before;
      default -> first + in.readVarint();
    };
  }

  private void startedHistograms(boolean integer) {
    started((number, time, start) ->
        visitor.sample(number, time, start, HistogramRecord.read(in, integer)));
  }

  /** What blocks have is known from these. */
  private void end() {
    long time = in.readLong();
    if (in.hasMore()) {
      throw new MalformedBytesException("something stands behind the time " + time);
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
        visitor.sample(series + in.readVarint(), time + in.readVarint(), 0, in.readDouble());
      }
    }
  }

  private void histograms(boolean integer) {
    if (in.hasMore()) {
      long series = in.readLong();
      long time = in.readLong();
      while (in.hasMore()) {
        visitor.sample(
            series + in.readVarint(), time + in.readVarint(), 0, HistogramRecord.read(in, integer));
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
