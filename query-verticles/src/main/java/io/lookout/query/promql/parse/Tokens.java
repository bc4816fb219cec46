package io.lookout.query.promql.parse;

import io.lookout.query.promql.ast.Position;

/** The tokens of a query with one token of look-ahead, and the errors about them. */
final class Tokens {
  private final String query;
  private final Lexer lexer;
  private Token current;
  private int previousEnd;
  private int aggregations;

  Tokens(String query) {
    this.query = query;
    this.lexer = new Lexer(query);
    this.current = lexer.next();
  }

  String query() {
    return query;
  }

  Token peek() {
    return current;
  }

  boolean at(TokenType type) {
    return current.type() == type;
  }

  Token take() {
    Token taken = current;
    previousEnd = taken.position().end();
    current = lexer.next();
    return taken;
  }

  boolean takeIf(TokenType type) {
    if (current.type() == type) {
      take();
      return true;
    }
    return false;
  }

  /** Where the token taken last ends. */
  int previousEnd() {
    return previousEnd;
  }

  /** Takes a token of this type, or complains as Prometheus does without any expectation. */
  Token expect(TokenType type) {
    if (current.type() != type) {
      throw unexpected();
    }
    return take();
  }

  /** From here on, an error that says nothing better is one "in aggregation". */
  void enterAggregation() {
    aggregations++;
  }

  void leaveAggregation() {
    aggregations--;
  }

  ParseException unexpected() {
    return unexpected(aggregations > 0 ? "aggregation" : "", "");
  }

  ParseException unexpected(String context, String expected) {
    String problem =
        "unexpected "
            + current.description()
            + (context.isEmpty() ? "" : " in " + context)
            + (expected.isEmpty() ? "" : ", expected " + expected);
    return error(current.position(), problem);
  }

  ParseException error(Position position, String problem) {
    return new ParseException(query, position, problem);
  }
}
