package io.lookout.query.promql.parse;

import io.lookout.model.Matcher;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.ast.Position;
import java.util.List;

/**
 * Parses PromQL as of Prometheus 3.12, everything experimental included. Type-checked; errors are
 * those of Prometheus.
 */
public final class PromqlParser {
  private PromqlParser() {}

  /**
   * @throws ParseException where the text is no expression, is ill-typed, or is nested deeper than
   *     {@value Depth#MAX}
   */
  public static Expr parse(String query) {
    return parse(query, Language.PROMQL);
  }

  /**
   * @throws ParseException also for what is not part of the language
   */
  public static Expr parse(String query, Language language) {
    Tokens tokens = new Tokens(query);
    if (tokens.at(TokenType.EOF)) {
      Position start = new Position(0, query.isEmpty() ? 0 : 1);
      throw tokens.error(start, "no expression found in input");
    }
    TypeChecks checks = new TypeChecks(query, language);
    Expr expr = new ExpressionParser(tokens, checks).expression();
    tokens.expect(TokenType.EOF);
    checks.raiseFirst();
    return expr;
  }

  /**
   * A series selector as {@code match[]} takes it: {@code up{job="x"}}. Unlike in a query, it may
   * be without any condition.
   *
   * @throws ParseException where the text is no selector
   */
  public static List<Matcher> parseSelector(String selector) {
    Tokens tokens = new Tokens(selector);
    List<Matcher> matchers = new SelectorParser(tokens).selector().matchers();
    tokens.expect(TokenType.EOF);
    return matchers;
  }
}
