package io.lookout.query.promql.value;

import io.lookout.query.promql.ast.Position;
import org.jspecify.annotations.Nullable;

/**
 * Something that the asker should know about a result.
 *
 * @param text without the place, {@code PromQL warning: …} or {@code PromQL info: …}
 * @param position the part of the query that it is about
 * @param fix details that the query API shows behind the text
 */
public record Annotation(Kind kind, String text, Position position, @Nullable MonotonicityFix fix) {

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
    String details = fix == null ? "" : fix.text();
    return text + details + " (" + position.lineAndColumn(query) + ")";
  }
}
