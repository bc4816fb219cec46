package io.lookout.ingest.tcp;

/**
 * Messages are JSON objects, one behind the other, with blanks or nothing between them. Braces and
 * strings are followed and nothing else: whether it is JSON is found out by who reads it.
 */
public final class JsonObjects implements Framing {
  private int depth;
  private boolean inString;
  private boolean escaped;

  @Override
  public int end(byte[] bytes, int from, int to) {
    int end = NONE;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (inString) {
        inString = escaped || b != '"';
        escaped = !escaped && b == '\\';
      } else if (b == '"') {
        inString = depth > 0;
      } else if (b == '{') {
        depth++;
      } else if (b == '}' && depth > 0) {
        depth--;
        end = depth == 0 ? i + 1 : end;
      } else if (depth == 0 && isBlank(b)) {
        // Belongs to what is before it: after a line feed, nothing of the next message is there.
        end = i + 1;
      }
    }
    return end;
  }

  private static boolean isBlank(byte b) {
    return b == '\n' || b == '\r' || b == ' ' || b == '\t';
  }
}
