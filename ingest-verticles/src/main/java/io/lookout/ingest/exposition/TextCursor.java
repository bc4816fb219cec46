package io.lookout.ingest.exposition;

import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;

/** What the text formats have in common: a place in the bytes, and how its parts are read. */
final class TextCursor {
  private static final int LONGEST_NUMBER = 400;

  private final StringPool strings;
  private final LabelScanner labelScanner;
  private final BoundLabels bounds = new BoundLabels();
  byte[] bytes = new byte[0];
  int position;
  int limit;

  TextCursor(StringPool strings) {
    this.strings = strings;
    this.labelScanner = new LabelScanner(strings, bounds);
  }

  void reset(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    position = from;
    limit = to;
    bounds.reset();
  }

  /** The type of the family whose samples come next. */
  void type(String type) {
    bounds.family(type);
  }

  void labels(int from, int to, LabelPairs into) {
    String problem = labelScanner.scan(bytes, from, to, into);
    if (problem != null) {
      throw malformed(problem, from);
    }
  }

  boolean atEnd() {
    return position >= limit;
  }

  /** Whether a word and a blank stand here. */
  boolean startsWith(String word) {
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

  /** A bare name, or one in quotes. */
  String familyName() {
    int from = position;
    if (position < limit && bytes[position] == '"') {
      position = LabelScanner.quotedEnd(bytes, position, limit);
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

  String unescaped(int from, int to, boolean quotes) {
    String raw = decode(from, to);
    return raw.indexOf('\\') < 0 ? raw : LabelScanner.unescape(raw, quotes);
  }

  String decode(int from, int to) {
    String decoded = strings.decode(bytes, from, to);
    if (decoded == null) {
      throw malformed("not UTF-8", from);
    }
    return decoded;
  }

  int trimmedEnd(int from, int to) {
    int end = to;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  /** Moves behind the name and labels of a series. */
  void seriesEnd() {
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
        p = LabelScanner.quotedEnd(bytes, p, limit);
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

  double number() {
    int from = position;
    while (position < limit && bytes[position] != '\n' && !isBlank(bytes[position])) {
      position++;
    }
    if (position == from) {
      throw malformed("value expected", from);
    }
    double fast = DecimalNumber.parse(bytes, from, position);
    // NaN means: not by the short way.
    return Double.isNaN(fast) ? slowNumber(from, position) : fast;
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

  void skipBlanks() {
    while (position < limit && isBlank(bytes[position])) {
      position++;
    }
  }

  /** The end of the line that begins here. */
  int lineEnd() {
    int p = position;
    while (p < limit && bytes[p] != '\n') {
      p++;
    }
    return p;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** An error at a byte: the number of its line is what a person can look for. */
  LookoutException malformed(String what, int at) {
    int line = 1;
    for (int i = 0; i < Math.min(at, limit); i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return new LookoutException(ErrorCode.BAD_DATA, "line " + line + ": " + what);
  }
}
