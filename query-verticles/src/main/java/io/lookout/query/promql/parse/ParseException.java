package io.lookout.query.promql.parse;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.query.promql.ast.Position;

/** The text is no PromQL. The message is Prometheus's: {@code 1:5: parse error: unexpected …}. */
public final class ParseException extends LookoutException {
  private static final long serialVersionUID = 1;

  private final transient Position position;
  private final String problem;

  ParseException(String query, Position position, String problem) {
    super(ErrorCode.BAD_DATA, position.lineAndColumn(query) + ": parse error: " + problem);
    this.position = position;
    this.problem = problem;
  }

  public Position position() {
    return position;
  }

  /** The message without the position. */
  public String problem() {
    return problem;
  }
}
