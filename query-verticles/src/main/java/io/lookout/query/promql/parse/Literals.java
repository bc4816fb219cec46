package io.lookout.query.promql.parse;

import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import io.lookout.query.promql.ast.NumberLiteral;

/** Numbers and durations, which may stand for each other wherever either is allowed. */
final class Literals {
  private final Tokens tokens;

  Literals(Tokens tokens) {
    this.tokens = tokens;
  }

  boolean atNumber() {
    return tokens.at(TokenType.NUMBER) || tokens.at(TokenType.DURATION);
  }

  NumberLiteral number() {
    Token token = tokens.take();
    boolean duration = token.type() == TokenType.DURATION;
    double value = duration ? durationSeconds(token) : numberValue(token);
    return new NumberLiteral(token.position(), value, duration);
  }

  private double numberValue(Token token) {
    Double value = Numbers.value(token.text());
    if (value == null) {
      throw tokens.error(
          token.position(),
          "error parsing number: strconv.ParseFloat: parsing "
              + SeriesText.quote(token.text())
              + (Numbers.isTooLarge(token.text()) ? ": value out of range" : ": invalid syntax"));
    }
    return value;
  }

  private double durationSeconds(Token token) {
    try {
      return Durations.parse(token.text()) / 1000.0;
    } catch (LookoutException e) {
      throw tokens.error(token.position(), String.valueOf(e.getMessage()));
    }
  }
}
