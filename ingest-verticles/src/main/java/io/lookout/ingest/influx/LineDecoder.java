package io.lookout.ingest.influx;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Label;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Turns lines into samples: each field of a number or a truth value is a sample of {@code
 * <measurement>_<field>}, or of {@code <measurement>} where the field is {@code value}, with the
 * tags as labels, and {@code db} beside them. Texts are left out and counted.
 *
 * <p>Measurement, tags and field name of a known series are hashed where they lie, and never become
 * strings. A line that cannot be read is noted, and the others count. Not thread-safe.
 */
public final class LineDecoder {
  private static final byte COMMA = ',';
  private static final byte EQUALS = '=';

  /** Of a bad line so much is shown. */
  private static final int SHOWN = 200;

  private final PointBatches batches;
  private final StringPool strings;
  private final Target target;
  private final HashValue128 databaseHash;
  private final Line line = new Line();
  private int nameBegin;
  private int nameEnd;

  /**
   * @param database becomes label {@code db}; none where it is empty
   * @param now the time of lines that have none, ms
   */
  public record Target(String tenant, String database, Precision precision, long now) {}

  public LineDecoder(PointBatches batches, Target target) {
    this.batches = batches;
    this.strings = batches.index().strings();
    this.target = target;
    byte[] database = target.database().getBytes(StandardCharsets.UTF_8);
    this.databaseHash = batches.index().hash(database, 0, database.length);
  }

  public PointBatch decode(byte[] bytes, int length) {
    PointBatch batch = batches.batch(target.tenant(), length);
    int next = 0;
    while (next < length) {
      next = line.read(bytes, next, length);
      if (!line.isEmptyOrComment()) {
        line(batch);
      }
    }
    return batch;
  }

  private void line(PointBatch batch) {
    try {
      checkKey();
      int fields = checkFields();
      long time = time();
      HashValue128 key = batches.index().hash(line.bytes, line.begin, line.keyEnd);
      for (int i = 0, at = line.fieldsBegin; i < fields; i++) {
        at = field(batch, key, at, time) + 1;
      }
    } catch (LineException e) {
      int end = line.end;
      while (end > line.begin && line.bytes[end - 1] == '\n') {
        end--;
      }
      String text = new String(line.bytes, line.begin, end - line.begin, StandardCharsets.UTF_8);
      String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
      batch.reject(Reason.MALFORMED, 1, "unable to parse '" + shown + "': " + e.getMessage());
    }
  }

  private void checkKey() {
    int measurementEnd = Line.partEnd(line.bytes, line.begin, line.keyEnd, COMMA, COMMA);
    if (measurementEnd == line.begin) {
      throw new LineException("missing measurement");
    }
    if (line.fieldsBegin >= line.end) {
      boolean blank = line.fieldsBegin > line.keyEnd;
      throw new LineException(blank ? "invalid field format" : "missing fields");
    }
    int at = measurementEnd;
    while (at < line.keyEnd) {
      int nameAt = at + 1;
      int equals = Line.partEnd(line.bytes, nameAt, line.keyEnd, EQUALS, COMMA);
      if (equals == nameAt) {
        throw new LineException("missing tag key");
      }
      if (equals >= line.keyEnd || line.bytes[equals] != EQUALS) {
        throw new LineException("missing tag value");
      }
      at = Line.partEnd(line.bytes, equals + 1, line.keyEnd, COMMA, EQUALS);
      if (at == equals + 1) {
        throw new LineException("missing tag value");
      }
      if (at < line.keyEnd && line.bytes[at] == EQUALS) {
        throw new LineException("invalid tag format");
      }
    }
  }

  private long time() {
    if (line.timeBegin >= line.end) {
      return target.now();
    }
    String text =
        new String(
            line.bytes, line.timeBegin, line.end - line.timeBegin, StandardCharsets.ISO_8859_1);
    try {
      return target.precision().millis(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new LineException(problem(text));
    } catch (ArithmeticException e) {
      throw new LineException("time outside range");
    }
  }

  private static String problem(String time) {
    if (time.indexOf(' ') >= 0) {
      return "point is invalid";
    }
    return GoNumbers.isWhole(time) ? GoNumbers.outOfRange(time, false) : "bad timestamp";
  }

  /** Reads all fields before the first counts: a line counts as a whole or not at all. */
  private int checkFields() {
    int count = 0;
    int at = line.fieldsBegin;
    while (true) {
      int equals = equalsOfField(at);
      int valueEnd = FieldValue.end(line.bytes, equals + 1, line.fieldsEnd);
      FieldValue.read(line.bytes, equals + 1, valueEnd);
      count++;
      if (valueEnd >= line.fieldsEnd) {
        return count;
      }
      at = valueEnd + 1;
    }
  }

  private int equalsOfField(int at) {
    int equals = Line.partEnd(line.bytes, at, line.fieldsEnd, EQUALS, COMMA);
    if (equals >= line.fieldsEnd || line.bytes[equals] != EQUALS) {
      throw new LineException("invalid field format");
    }
    if (equals == at) {
      throw new LineException("missing field key");
    }
    return equals;
  }

  private int field(PointBatch batch, HashValue128 key, int at, long time) {
    nameBegin = at;
    nameEnd = equalsOfField(at);
    int valueEnd = FieldValue.end(line.bytes, nameEnd + 1, line.fieldsEnd);
    if (FieldValue.isText(line.bytes, nameEnd + 1)) {
      batch.reject(Reason.TEXT_VALUE, 1, "fields of text are not kept");
      return valueEnd;
    }
    double value = FieldValue.read(line.bytes, nameEnd + 1, valueEnd);
    HashValue128 name = batches.index().hash(line.bytes, nameBegin, nameEnd);
    long high =
        key.getMostSignificantBits()
            + 31 * name.getMostSignificantBits()
            + 37 * databaseHash.getMostSignificantBits();
    long low =
        key.getLeastSignificantBits()
            + 31 * name.getLeastSignificantBits()
            + 37 * databaseHash.getLeastSignificantBits();
    int series = batch.find(high, low, 1, this::labels);
    if (series != PointBatch.NONE) {
      batch.sample(series, time, value);
    }
    return valueEnd;
  }

  private void labels(LabelPairs into) {
    int at = Line.partEnd(line.bytes, line.begin, line.keyEnd, COMMA, COMMA);
    String measurement = text(line.begin, at);
    String field = text(nameBegin, nameEnd);
    into.add(Label.METRIC_NAME, field.equals("value") ? measurement : measurement + "_" + field);
    boolean database = !target.database().isEmpty();
    Set<String> tags = new HashSet<>();
    while (at < line.keyEnd) {
      int equals = Line.partEnd(line.bytes, at + 1, line.keyEnd, EQUALS, EQUALS);
      int valueEnd = Line.partEnd(line.bytes, equals + 1, line.keyEnd, COMMA, COMMA);
      String name = text(at + 1, equals);
      if (!tags.add(name)) {
        throw new LineException("duplicate tags");
      }
      into.add(name, text(equals + 1, valueEnd));
      database &= !name.equals("db");
      at = valueEnd;
    }
    if (database) {
      into.add("db", target.database());
    }
  }

  private String text(int from, int to) {
    String text = strings.decode(line.bytes, from, to);
    if (text == null) {
      throw new LineException("not UTF-8");
    }
    return text.indexOf('\\') < 0 ? text : unescaped(text);
  }

  /** Only these may be escaped; elsewhere a backslash is a backslash. */
  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean escape = c == '\\' && i + 1 < text.length() && ", =".indexOf(text.charAt(i + 1)) >= 0;
      plain.append(escape ? text.charAt(++i) : c);
    }
    return plain.toString();
  }
}
