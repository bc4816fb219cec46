package io.lookout.query.promql.parse;

import io.lookout.model.Label;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.query.promql.ast.DurationExpr;
import io.lookout.query.promql.ast.Position;
import io.lookout.query.promql.ast.SelectorMode;
import io.lookout.query.promql.ast.VectorSelector;
import java.util.ArrayList;
import java.util.List;

/** Metric names and label matchers. */
final class SelectorParser {
  private static final String CONTEXT = "label matching";

  private final Tokens tokens;

  SelectorParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** A selector without modifiers; the next token begins it. */
  VectorSelector selector() {
    if (tokens.at(TokenType.LEFT_BRACE)) {
      Position start = tokens.peek().position();
      return selector("", start, matchers());
    }
    if (!tokens.peek().type().isMetricName()) {
      throw tokens.unexpected();
    }
    return named(tokens.take());
  }

  /** A selector whose metric name has been taken. */
  VectorSelector named(Token name) {
    List<Matcher> matchers = new ArrayList<>();
    if (tokens.at(TokenType.LEFT_BRACE)) {
      matchers.addAll(matchers());
    }
    matchers.add(Matcher.equal(Label.METRIC_NAME, name.text()));
    return selector(name.text(), name.position(), matchers);
  }

  private VectorSelector selector(String name, Position start, List<Matcher> matchers) {
    return new VectorSelector(
        new Position(start.start(), tokens.previousEnd()),
        name,
        matchers,
        DurationExpr.Literal.ZERO,
        null,
        SelectorMode.PLAIN);
  }

  private List<Matcher> matchers() {
    tokens.expect(TokenType.LEFT_BRACE);
    List<Matcher> matchers = new ArrayList<>();
    while (!tokens.takeIf(TokenType.RIGHT_BRACE)) {
      matchers.add(matcher());
      if (!tokens.at(TokenType.RIGHT_BRACE) && !tokens.takeIf(TokenType.COMMA)) {
        throw tokens.unexpected(CONTEXT, "\",\" or \"}\"");
      }
    }
    return matchers;
  }

  private Matcher matcher() {
    boolean quoted = tokens.at(TokenType.STRING);
    if (!quoted && !tokens.at(TokenType.IDENTIFIER)) {
      throw tokens.unexpected(CONTEXT, "identifier or \"}\"");
    }
    Token label = tokens.take();
    String name = quoted ? Strings.unquote(label.text()) : label.text();
    if (quoted && (tokens.at(TokenType.COMMA) || tokens.at(TokenType.RIGHT_BRACE))) {
      return Matcher.equal(Label.METRIC_NAME, name);
    }
    Matcher.Type type = matcherType(quoted);
    tokens.take();
    if (!tokens.at(TokenType.STRING)) {
      throw tokens.unexpected(CONTEXT, "string");
    }
    return matcher(type, label, name, tokens.take());
  }

  private Matcher.Type matcherType(boolean quoted) {
    return switch (tokens.peek().type()) {
      case EQUAL_SIGN -> Matcher.Type.EQUAL;
      case NOT_EQUAL -> Matcher.Type.NOT_EQUAL;
      case EQUAL_REGEX -> Matcher.Type.REGEX;
      case NOT_EQUAL_REGEX -> Matcher.Type.NOT_REGEX;
      default ->
          throw tokens.unexpected(CONTEXT, quoted ? "\",\" or \"}\"" : "label matching operator");
    };
  }

  private Matcher matcher(Matcher.Type type, Token label, String name, Token value) {
    try {
      return new Matcher(type, name, Strings.unquote(value.text()));
    } catch (LookoutException e) {
      throw tokens.error(label.position().to(value.position()), String.valueOf(e.getMessage()));
    }
  }
}
