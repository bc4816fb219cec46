package io.lookout.ingest.exposition;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Label;
import org.jspecify.annotations.Nullable;

/**
 * Reads the labels of a series as the text formats write them: {@code name{a="b",c="d"}} or {@code
 * {"name", "a b"="c"}}. Not thread-safe.
 */
final class LabelScanner {
  private final StringPool strings;
  private final BoundLabels bounds;
  private byte[] bytes = new byte[0];
  private int position;
  private int limit;

  LabelScanner(StringPool strings, BoundLabels bounds) {
    this.strings = strings;
    this.bounds = bounds;
  }

  /** Adds the labels; returns what is wrong with them, or null. */
  @Nullable String scan(byte[] newBytes, int from, int to, LabelPairs into) {
    bytes = newBytes;
    position = from;
    limit = to;
    if (bytes[position] != '{') {
      String name = bareWord(true);
      if (name == null) {
        return "invalid metric name";
      }
      into.add(Label.METRIC_NAME, name);
      skipBlanks();
    }
    return position < limit ? braces(into) : null;
  }

  private @Nullable String braces(LabelPairs into) {
    if (bytes[position] != '{') {
      return "labels or value expected after the metric name";
    }
    position++;
    skipBlanks();
    while (peek() != '}') {
      String problem = label(into);
      if (problem != null) {
        return problem;
      }
      skipBlanks();
      if (peek() == ',') {
        position++;
        skipBlanks();
      } else if (peek() != '}') {
        return "comma expected between labels";
      }
    }
    return null;
  }

  private @Nullable String label(LabelPairs into) {
    boolean quoted = peek() == '"';
    String name = quoted ? quoted() : bareWord(false);
    if (name == null) {
      return "invalid label name";
    }
    skipBlanks();
    if (peek() != '=') {
      if (!quoted) {
        return "= expected after label " + name;
      }
      into.add(Label.METRIC_NAME, name);
      return null;
    }
    position++;
    skipBlanks();
    int before = position;
    String value = peek() == '"' ? quoted() : null;
    if (value == null) {
      return position > before
          ? "value of label " + name + " is not UTF-8"
          : "invalid value of label " + name;
    }
    bounds.add(name, value, into);
    return null;
  }

  /** {@code [a-zA-Z_][a-zA-Z0-9_]*}, for metric names also with colons. */
  private @Nullable String bareWord(boolean colons) {
    int from = position;
    while (position < limit && isWord(bytes[position], position == from, colons)) {
      position++;
    }
    return position == from ? null : strings.decode(bytes, from, position);
  }

  private static boolean isWord(byte b, boolean first, boolean colons) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || (colons && b == ':')
        || (!first && b >= '0' && b <= '9');
  }

  private @Nullable String quoted() {
    int from = position + 1;
    int end = quotedEnd(bytes, position, limit);
    if (end < 0) {
      return null;
    }
    position = end;
    String raw = strings.decode(bytes, from, end - 1);
    return raw == null || raw.indexOf('\\') < 0 ? raw : unescape(raw, true);
  }

  /** The index after the closing quote of what is quoted from here; −1 where there is none. */
  static int quotedEnd(byte[] in, int from, int to) {
    for (int p = from + 1; p < to; p++) {
      if (in[p] == '"') {
        return p + 1;
      }
      if (in[p] == '\\') {
        p++;
      }
    }
    return -1;
  }

  /**
   * Replaces {@code \\} and {@code \n}, and {@code \"} where quotes are escaped; any other
   * backslash stays as it is.
   */
  static String unescape(String raw, boolean quotes) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      char next = c == '\\' && i + 1 < raw.length() ? raw.charAt(i + 1) : 0;
      if (next == 'n') {
        text.append('\n');
        i++;
      } else if (next == '\\' || (quotes && next == '"')) {
        text.append(next);
        i++;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private char peek() {
    return position < limit ? (char) bytes[position] : 0;
  }

  private void skipBlanks() {
    while (position < limit && TextCursor.isBlank(bytes[position])) {
      position++;
    }
  }
}
