package io.lookout.ingest.opentsdb;

import io.lookout.ingest.exposition.DecimalNumber;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Label;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What follows the word {@code put} in a line:
 *
 * <pre>
 *   sys.cpu.user 1356998400 42.5 host=web01 cpu=0
 *   └ metric ──┘ └ time ──┘ └value └ tags ──────┘
 * </pre>
 *
 * <p>Any number of spaces parts words. Metric and tags are brought together in one run of bytes,
 * {@link #identity()}, which is what the series is known by. Used again; not thread-safe.
 */
final class PutLine {
  /** Metric and tags, each followed by a space. */
  private byte[] identity = new byte[256];

  private int length;
  private int metricEnd;
  private final StringPool strings;
  long time;
  double value;

  /** What kind of problem there is, where there is one. */
  Reason reason = Reason.MALFORMED;

  PutLine(StringPool strings) {
    this.strings = strings;
  }

  byte[] identity() {
    return identity;
  }

  int identityLength() {
    return length;
  }

  /** Reads {@code bytes[from..to)}; returns what is wrong, in OpenTSDB's words, or null. */
  @Nullable String read(byte[] bytes, int from, int to) {
    length = 0;
    reason = Reason.MALFORMED;
    int metric = wordBegin(bytes, from, to);
    int metricTo = wordEnd(bytes, metric, to);
    int timeFrom = wordBegin(bytes, metricTo, to);
    int timeTo = wordEnd(bytes, timeFrom, to);
    int valueFrom = wordBegin(bytes, timeTo, to);
    int valueTo = wordEnd(bytes, valueFrom, to);
    if (valueFrom == to) {
      return "illegal argument: not enough arguments (need least 3, got "
          + words(bytes, from, to)
          + ")";
    }
    append(bytes, metric, metricTo);
    metricEnd = length - 1;
    time = Timestamps.millis(text(bytes, timeFrom, timeTo));
    if (time == Timestamps.INVALID) {
      reason = Reason.INVALID_TIME;
      return "illegal argument: Invalid timestamp: " + text(bytes, timeFrom, timeTo);
    }
    if (!readValue(bytes, valueFrom, valueTo)) {
      reason = Reason.INVALID_VALUE;
      return "invalid value: Unable to parse value to a number: " + text(bytes, valueFrom, valueTo);
    }
    String problem = tags(bytes, valueTo, to);
    return problem == null && !isUtf8() ? "illegal argument: the line is not UTF-8" : problem;
  }

  private boolean readValue(byte[] bytes, int from, int to) {
    value = DecimalNumber.parse(bytes, from, to);
    if (Double.isNaN(value)) {
      try {
        value = DecimalNumber.parseText(text(bytes, from, to));
      } catch (NumberFormatException e) {
        return false;
      }
    }
    return Double.isFinite(value);
  }

  private @Nullable String tags(byte[] bytes, int from, int to) {
    int at = wordBegin(bytes, from, to);
    while (at < to) {
      int end = wordEnd(bytes, at, to);
      int equals = equals(bytes, at, end);
      if (equals <= at || equals >= end - 1) {
        return "illegal argument: invalid tag: " + text(bytes, at, end);
      }
      append(bytes, at, end);
      at = wordBegin(bytes, end, to);
    }
    return null;
  }

  /** Where a byte is not ASCII, the whole is looked at. */
  private boolean isUtf8() {
    for (int i = 0; i < length; i++) {
      if (identity[i] < 0) {
        return strings.decode(identity, 0, length) != null;
      }
    }
    return true;
  }

  private void append(byte[] bytes, int from, int to) {
    int n = to - from;
    if (length + n + 1 > identity.length) {
      identity = Arrays.copyOf(identity, Math.max(length + n + 1, 2 * identity.length));
    }
    System.arraycopy(bytes, from, identity, length, n);
    length += n;
    identity[length++] = ' ';
  }

  /** The labels of the series. */
  void labels(LabelPairs into) {
    into.add(Label.METRIC_NAME, text(identity, 0, metricEnd));
    int at = metricEnd + 1;
    while (at < length) {
      int end = wordEnd(identity, at, length);
      int equals = equals(identity, at, end);
      into.add(text(identity, at, equals), text(identity, equals + 1, end));
      at = end + 1;
    }
  }

  private static int words(byte[] bytes, int from, int to) {
    int words = 0;
    for (int at = wordBegin(bytes, from, to); at < to; words++) {
      at = wordBegin(bytes, wordEnd(bytes, at, to), to);
    }
    return words;
  }

  static int wordBegin(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && isBlank(bytes[p])) {
      p++;
    }
    return p;
  }

  static int wordEnd(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && !isBlank(bytes[p])) {
      p++;
    }
    return p;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private static int equals(byte[] bytes, int from, int to) {
    int p = from;
    while (p < to && bytes[p] != '=') {
      p++;
    }
    return p;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
