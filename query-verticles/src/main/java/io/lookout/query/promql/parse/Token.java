package io.lookout.query.promql.parse;

import io.lookout.model.SeriesText;
import io.lookout.query.promql.ast.Position;

/**
 * A word of the text.
 *
 * @param text as it stands there, quotes included
 */
record Token(TokenType type, Position position, String text) {
  private static final int SHOWN = 10;

  /** How an error message speaks of it. */
  String description() {
    return switch (type) {
      case EOF -> "end of input";
      case IDENTIFIER -> "identifier " + SeriesText.quote(text);
      case METRIC_IDENTIFIER -> "metric identifier " + SeriesText.quote(text);
      case STRING -> "string " + shortened();
      case NUMBER -> "number " + shortened();
      case DURATION -> "duration " + shortened();
      default -> {
        if (type.isKeyword()) {
          yield "<" + text + ">";
        }
        if (type.isOperator()) {
          yield "<op:" + text + ">";
        }
        yield type.isAggregator() ? "<aggr:" + text + ">" : shortened();
      }
    };
  }

  private String shortened() {
    return text.length() > SHOWN
        ? SeriesText.quote(text.substring(0, SHOWN)) + "..."
        : SeriesText.quote(text);
  }
}
