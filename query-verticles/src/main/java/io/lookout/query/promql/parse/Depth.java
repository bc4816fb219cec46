package io.lookout.query.promql.parse;

/**
 * How deep a tree may be: code that walks it recursively must not run out of stack. A long chain of
 * one operator is as deep as it is long.
 */
final class Depth {
  static final int MAX = 500;

  private Depth() {}

  /** Refuses a depth beyond the limit; the error names the token at hand. */
  static int checked(int depth, Tokens tokens) {
    if (depth > MAX) {
      throw tokens.error(
          tokens.peek().position(), "expression is nested deeper than " + MAX + " levels");
    }
    return depth;
  }
}
