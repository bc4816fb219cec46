package io.lookout.ingest.influx;

/**
 * Where the parts of one line are, found without turning any of them into a string:
 *
 * <pre>
 *   cpu,host=a,dc=b usage=0.5,idle=3i 1700000000000000000
 *   └──── key ────┘ └──── fields ───┘ └──── time ────────┘
 * </pre>
 *
 * <p>A backslash takes the meaning from the byte that follows. Field values in double quotes may
 * hold blanks, commas and line feeds. Used again for each line; not thread-safe.
 */
final class Line {
  byte[] bytes = new byte[0];
  int begin;
  int keyEnd;
  int fieldsBegin;
  int fieldsEnd;
  int timeBegin;
  int end;

  /** The next line of {@code bytes[from..limit)}; returns where the one after it begins. */
  int read(byte[] from, int begins, int limit) {
    bytes = from;
    begin = skipBlanks(begins, limit);
    keyEnd = keyEnd(begin, limit);
    fieldsBegin = skipBlanks(keyEnd, limit);
    fieldsEnd = fieldsEnd(fieldsBegin, limit);
    timeBegin = skipBlanks(fieldsEnd, limit);
    end = timeBegin;
    while (end < limit && bytes[end] != '\n') {
      end++;
    }
    int next = end < limit ? end + 1 : limit;
    while (end > timeBegin && isBlankOrReturn(bytes[end - 1])) {
      end--;
    }
    return next;
  }

  private int skipBlanks(int from, int limit) {
    int p = from;
    while (p < limit && isBlankOrReturn(bytes[p])) {
      p++;
    }
    return p;
  }

  private static boolean isBlankOrReturn(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == 0;
  }

  private int keyEnd(int from, int limit) {
    int p = from;
    while (p < limit && bytes[p] != ' ' && bytes[p] != '\n') {
      p += bytes[p] == '\\' && p + 1 < limit && bytes[p + 1] != '\n' ? 2 : 1;
    }
    return p;
  }

  private int fieldsEnd(int from, int limit) {
    int p = from;
    boolean quoted = false;
    while (p < limit) {
      byte b = bytes[p];
      if (b == '\\' && p + 1 < limit) {
        p++;
      } else if (b == '"') {
        quoted = !quoted;
      } else if (!quoted && (b == ' ' || b == '\n')) {
        break;
      }
      p++;
    }
    return Math.min(p, limit);
  }

  boolean isEmptyOrComment() {
    return begin == end || bytes[begin] == '#';
  }

  /** The end of the part that begins here: the first of these bytes, or the limit. */
  static int partEnd(byte[] bytes, int from, int limit, byte stop, byte otherStop) {
    int p = from;
    while (p < limit && bytes[p] != stop && bytes[p] != otherStop) {
      p += bytes[p] == '\\' && p + 1 < limit ? 2 : 1;
    }
    return Math.min(p, limit);
  }
}
