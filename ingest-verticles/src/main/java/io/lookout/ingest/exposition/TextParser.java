package io.lookout.ingest.exposition;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;

/**
 * Reads Prometheus's text format 0.0.4, entry by entry, where it lies in a byte array:
 *
 * <pre>
 *   # HELP http_requests_total Requests answered.      → HELP
 *   # TYPE http_requests_total counter                 → TYPE
 *   http_requests_total{code="200"} 1027 1395066363000 → SAMPLE
 *   └───────── raw series ────────┘ value  time
 * </pre>
 *
 * <p>The raw bytes of a series are offered as they are, so that whoever has met them before need
 * not ask for {@link #labels}. Names in quotes ({@code {"a.b", "c d"="e"}}) are read as Prometheus
 * 3 writes them. Whatever the bytes are, methods return or throw {@link LookoutException} with
 * {@link ErrorCode#BAD_DATA} and the number of the line. Not thread-safe.
 */
public final class TextParser {
  /** What was read. */
  public enum Entry {
    SAMPLE,
    HELP,
    TYPE,
    END
  }

  private static final int LONGEST_NUMBER = 400;

  private final StringPool strings;
  private final LabelScanner labelScanner;
  private byte[] bytes = new byte[0];
  private int position;
  private int limit;

  private int seriesFrom;
  private int seriesTo;
  private double value;
  private boolean timed;
  private long time;
  private String family = "";
  private String text = "";

  public TextParser(StringPool strings) {
    this.strings = strings;
    this.labelScanner = new LabelScanner(strings);
  }

  /** Begins at {@code from} and ends before {@code to}. */
  public void reset(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    position = from;
    limit = to;
  }

  /** First byte of the series of this sample. */
  public int seriesFrom() {
    return seriesFrom;
  }

  /** After the last byte of the series of this sample. */
  public int seriesTo() {
    return seriesTo;
  }

  public double value() {
    return value;
  }

  /** Whether the sample has a time of its own. */
  public boolean isTimed() {
    return timed;
  }

  /** The sample's own time, ms. */
  public long time() {
    return time;
  }

  /** The family that HELP or TYPE is about. */
  public String family() {
    return family;
  }

  /** The help text, unescaped, or the type's name. */
  public String text() {
    return text;
  }

  /** Adds the labels of this sample, {@code __name__} among them, in the order they are written. */
  public void labels(LabelPairs into) {
    String problem = labelScanner.scan(bytes, seriesFrom, seriesTo, into);
    if (problem != null) {
      throw malformed(problem, seriesFrom);
    }
  }

  /** Reads the next entry; comments and empty lines are passed over. */
  public Entry next() {
    while (true) {
      skipBlanks();
      if (position >= limit) {
        return Entry.END;
      }
      byte first = bytes[position];
      if (first == '\n') {
        position++;
      } else if (first != '#') {
        sample();
        return Entry.SAMPLE;
      } else {
        Entry entry = comment();
        if (entry != Entry.END) {
          return entry;
        }
      }
    }
  }

  /** Returns END for a comment that says nothing. */
  private Entry comment() {
    int lineEnd = indexOf((byte) '\n', position);
    position++;
    skipBlanks();
    Entry entry = startsWith("HELP") ? Entry.HELP : startsWith("TYPE") ? Entry.TYPE : Entry.END;
    if (entry == Entry.END) {
      position = Math.min(lineEnd + 1, limit);
      return entry;
    }
    position += 4;
    skipBlanks();
    family = familyName();
    skipBlanks();
    int from = Math.min(position, lineEnd);
    text = entry == Entry.HELP ? help(from, lineEnd) : decode(from, trimmedEnd(from, lineEnd));
    position = Math.min(lineEnd + 1, limit);
    return entry;
  }

  private boolean startsWith(String word) {
    if (limit - position <= word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[position + i] != word.charAt(i)) {
        return false;
      }
    }
    return isBlank(bytes[position + word.length()]);
  }

  private String familyName() {
    int from = position;
    if (position < limit && bytes[position] == '"') {
      position = labelScanner.quotedEnd(bytes, position, limit);
      if (position < 0) {
        throw malformed("name in quotes does not end", from);
      }
      return unescaped(from + 1, position - 1, true);
    }
    while (position < limit && !isBlank(bytes[position]) && bytes[position] != '\n') {
      position++;
    }
    if (position == from) {
      throw malformed("metric name expected", from);
    }
    return decode(from, position);
  }

  private String help(int from, int to) {
    return unescaped(from, to, false);
  }

  private String unescaped(int from, int to, boolean quotes) {
    String raw = decode(from, to);
    return raw.indexOf('\\') < 0 ? raw : LabelScanner.unescape(raw, quotes);
  }

  private String decode(int from, int to) {
    String decoded = strings.decode(bytes, from, to);
    if (decoded == null) {
      throw malformed("not UTF-8", from);
    }
    return decoded;
  }

  private int trimmedEnd(int from, int to) {
    int end = to;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  private void sample() {
    seriesFrom = position;
    seriesEnd();
    seriesTo = position;
    skipBlanks();
    number();
    skipBlanks();
    timed = position < limit && bytes[position] != '\n';
    if (timed) {
      timestamp();
      skipBlanks();
    }
    if (position < limit && bytes[position] != '\n') {
      throw malformed("end of line expected after the sample", position);
    }
    position = Math.min(position + 1, limit);
  }

  private void seriesEnd() {
    int p = position;
    while (p < limit && bytes[p] != '{' && bytes[p] != '\n' && !isBlank(bytes[p])) {
      p++;
    }
    int afterName = p;
    while (p < limit && isBlank(bytes[p])) {
      p++;
    }
    if (p < limit && bytes[p] == '{') {
      position = bracesEnd(p + 1);
    } else if (afterName == position) {
      throw malformed("metric name expected", position);
    } else {
      position = afterName;
    }
  }

  private int bracesEnd(int from) {
    int p = from;
    while (p < limit) {
      byte b = bytes[p];
      if (b == '}') {
        return p + 1;
      } else if (b == '"') {
        p = labelScanner.quotedEnd(bytes, p, limit);
        if (p < 0) {
          break;
        }
      } else if (b == '\n') {
        break;
      } else {
        p++;
      }
    }
    throw malformed("labels do not end", from);
  }

  private void number() {
    int from = position;
    while (position < limit && bytes[position] != '\n' && !isBlank(bytes[position])) {
      position++;
    }
    if (position == from) {
      throw malformed("value expected", from);
    }
    double fast = DecimalNumber.parse(bytes, from, position);
    // NaN means: not by the short way.
    value = Double.isNaN(fast) ? slowNumber(from, position) : fast;
  }

  private double slowNumber(int from, int to) {
    if (to - from > LONGEST_NUMBER) {
      throw malformed("value is too long", from);
    }
    String number = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    try {
      return DecimalNumber.parseText(number);
    } catch (NumberFormatException e) {
      throw malformed("value is no number: " + number, from);
    }
  }

  private void timestamp() {
    int from = position;
    boolean negative = bytes[position] == '-';
    if (negative || bytes[position] == '+') {
      position++;
    }
    int digits = 0;
    long n = 0;
    while (position < limit && bytes[position] >= '0' && bytes[position] <= '9' && digits < 19) {
      n = n * 10 + (bytes[position] - '0');
      digits++;
      position++;
    }
    boolean ends = position >= limit || bytes[position] == '\n' || isBlank(bytes[position]);
    if (digits == 0 || n < 0 || !ends) {
      throw malformed("timestamp is no whole number of milliseconds", from);
    }
    time = negative ? -n : n;
  }

  private void skipBlanks() {
    while (position < limit && isBlank(bytes[position])) {
      position++;
    }
  }

  private int indexOf(byte wanted, int from) {
    int p = from;
    while (p < limit && bytes[p] != wanted) {
      p++;
    }
    return p;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private LookoutException malformed(String what, int at) {
    int line = 1;
    for (int i = 0; i < Math.min(at, limit); i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return new LookoutException(ErrorCode.BAD_DATA, "line " + line + ": " + what);
  }
}
