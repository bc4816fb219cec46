package io.lookout.query.promql.parse;

import io.lookout.query.promql.ast.Position;
import org.jspecify.annotations.Nullable;

/** The tokens of a query with one token of look-ahead, and the errors about them. */
final class Tokens {
  private final String query;
  private final Lexer lexer;
  private @Nullable Token current;
  private int previousEnd;
  private int aggregations;

  Tokens(String query) {
    this.query = query;
    this.lexer = new Lexer(query);
  }

  String query() {
    return query;
  }

  /** Read no sooner than asked for: what is wrong before it goes before what is wrong with it. */
  Token peek() {
    Token next = current;
    if (next == null) {
      next = lexer.next();
      current = next;
    }
    return next;
  }

  boolean at(TokenType type) {
    return peek().type() == type;
  }

  Token take() {
    Token taken = peek();
    previousEnd = taken.position().end();
    current = null;
    return taken;
  }

  boolean takeIf(TokenType type) {
    if (at(type)) {
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
    if (!at(type)) {
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
            + peek().description()
            + (context.isEmpty() ? "" : " in " + context)
            + (expected.isEmpty() ? "" : ", expected " + expected);
    return error(peek().position(), problem);
  }

  ParseException error(Position position, String problem) {
    return new ParseException(query, position, problem);
  }
}
