package io.lookout.ingest.exposition;

import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;

/**
 * Reads Prometheus's text format, 0.0.4 and 1.0, entry by entry, where it lies in a byte array:
 *
 * <pre>
 *   # HELP http_requests_total Requests answered.      → HELP
 *   # TYPE http_requests_total counter                 → TYPE
 *   http_requests_total{code="200"} 1027 1395066363000 → SAMPLE
 *   └───────── raw series ────────┘ value  time
 * </pre>
 *
 * <p>Names in quotes ({@code {"a.b", "c d"="e"}}) are read as Prometheus 3 writes them. Errors
 * carry {@link ErrorCode#BAD_DATA} and the number of the line. Not thread-safe.
 */
public final class TextParser extends TextLines {

  public TextParser(StringPool strings) {
    super(strings);
  }

  /** Comments and empty lines are passed over. */
  @Override
  public Entry next() {
    while (true) {
      in.skipBlanks();
      if (in.atEnd()) {
        return Entry.END;
      }
      byte first = in.bytes[in.position];
      if (first == '\n') {
        in.position++;
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
    int lineEnd = in.lineEnd();
    in.position++;
    in.skipBlanks();
    Entry entry =
        in.startsWith("HELP") ? Entry.HELP : in.startsWith("TYPE") ? Entry.TYPE : Entry.END;
    if (entry != Entry.END) {
      in.position += 4;
      in.skipBlanks();
      family = in.familyName();
      in.skipBlanks();
      int from = Math.min(in.position, lineEnd);
      text = entry == Entry.HELP ? in.unescaped(from, lineEnd, false) : type(from, lineEnd);
    }
    in.position = Math.min(lineEnd + 1, in.limit);
    return entry;
  }

  private String type(int from, int lineEnd) {
    String type = in.decode(from, in.trimmedEnd(from, lineEnd));
    switch (type) {
      case "counter", "gauge", "histogram", "summary", "untyped" -> in.type(type);
      default -> throw in.malformed("invalid metric type \"" + type + "\"", from);
    }
    return type;
  }

  private void sample() {
    seriesFrom = in.position;
    in.seriesEnd();
    seriesTo = in.position;
    in.skipBlanks();
    value = in.number();
    in.skipBlanks();
    timed = in.position < in.limit && in.bytes[in.position] != '\n';
    if (timed) {
      time = timestamp();
      in.skipBlanks();
    }
    if (in.position < in.limit && in.bytes[in.position] != '\n') {
      throw in.malformed("end of line expected after the sample", in.position);
    }
    in.position = Math.min(in.position + 1, in.limit);
  }

  private long timestamp() {
    byte[] bytes = in.bytes;
    int p = in.position;
    boolean negative = bytes[p] == '-';
    if (negative || bytes[p] == '+') {
      p++;
    }
    int digits = 0;
    long n = 0;
    while (p < in.limit && bytes[p] >= '0' && bytes[p] <= '9' && digits < 19) {
      n = n * 10 + (bytes[p] - '0');
      digits++;
      p++;
    }
    boolean ends = p >= in.limit || bytes[p] == '\n' || TextCursor.isBlank(bytes[p]);
    if (digits == 0 || n < 0 || !ends) {
      throw in.malformed("timestamp is no whole number of milliseconds", in.position);
    }
    in.position = p;
    return negative ? -n : n;
  }
}
