package io.lookout.query.promql.ast;

import java.nio.charset.StandardCharsets;

/**
 * A part of the query's text.
 *
 * @param start index of its first character
 * @param end index after its last character
 */
public record Position(int start, int end) {
  /**
   * {@code line:column} of the start, both from 1, the column in UTF-8 bytes: how Prometheus tells
   * places in errors and annotations. {@code unknown position} where nothing is known.
   */
  public String lineAndColumn(String query) {
    if (end == 0) {
      return "unknown position";
    }
    int at = Math.min(start, query.length());
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < at; i++) {
      if (query.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int bytes = query.substring(lineStart, at).getBytes(StandardCharsets.UTF_8).length;
    return line + ":" + (bytes + 1);
  }

  /** From the start of this to the end of the other. */
  public Position to(Position other) {
    return new Position(start, other.end);
  }
}
