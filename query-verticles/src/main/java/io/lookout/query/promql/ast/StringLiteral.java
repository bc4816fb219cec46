package io.lookout.query.promql.ast;

/**
 * A string.
 *
 * @param value what the literal stands for. Bytes that are not UTF-8 (made by {@code \xNN} or octal
 *     escapes) are unpaired surrogates U+DC80 to U+DCFF
 */
public record StringLiteral(Position position, String value) implements Expr {
  @Override
  public ValueType type() {
    return ValueType.STRING;
  }
}
