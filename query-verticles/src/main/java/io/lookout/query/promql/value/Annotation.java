package io.lookout.query.promql.value;

import io.lookout.query.promql.ast.Position;

/**
 * Something that the asker should know about a result.
 *
 * @param text without the place, {@code PromQL warning: …} or {@code PromQL info: …}
 * @param position the part of the query that it is about
 */
public record Annotation(Kind kind, String text, Position position) {
  /** How bad it is. */
  public enum Kind {
    WARNING("PromQL warning: "),
    INFO("PromQL info: ");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    public String prefix() {
      return prefix;
    }
  }

  /** As the query API shows it: with line and column. */
  public String render(String query) {
    return text + " (" + position.lineAndColumn(query) + ")";
  }
}
