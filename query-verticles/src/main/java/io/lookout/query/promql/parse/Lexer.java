package io.lookout.query.promql.parse;

import io.lookout.model.SeriesText;
import io.lookout.query.promql.ast.Position;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the text into tokens, one at a time. Braces and brackets have rules of their own: within
 * braces there are no keywords, within brackets there are durations only.
 */
final class Lexer {
  private static final char END = '\0';

  private final String input;
  private int start;
  private int at;
  private int parens;
  private boolean inBraces;
  private boolean inBrackets;
  private boolean colonSeen;
  private boolean durationSeen;

  Lexer(String input) {
    this.input = input;
  }

  /** The next token; at the end {@link TokenType#EOF}, again and again. */
  Token next() {
    skipSpaceAndComments();
    start = at;
    if (at >= input.length()) {
      return end();
    }
    return inBraces ? insideBraces() : outsideBraces();
  }

  /** Whether the next token will be an opening parenthesis. */
  private boolean parenFollows() {
    int i = at;
    while (i < input.length() && isSpace(input.charAt(i))) {
      i++;
    }
    return i < input.length() && input.charAt(i) == '(';
  }

  private void skipSpaceAndComments() {
    while (at < input.length()) {
      char c = input.charAt(at);
      if (c == '#') {
        while (at < input.length() && input.charAt(at) != '\n' && input.charAt(at) != '\r') {
          at++;
        }
      } else if (isSpace(c)) {
        at++;
      } else {
        return;
      }
    }
  }

  private Token end() {
    if (inBraces) {
      throw error("unexpected end of input inside braces");
    }
    if (inBrackets && !durationSeen) {
      throw error("unexpected end of input in duration expression");
    }
    if (parens != 0) {
      throw error("unclosed left parenthesis");
    }
    if (inBrackets) {
      throw error("unclosed left bracket");
    }
    return token(TokenType.EOF);
  }

  private Token insideBraces() {
    char c = input.charAt(at++);
    if (isAlpha(c)) {
      skipAlphanumeric(false);
      return token(TokenType.IDENTIFIER);
    }
    return switch (c) {
      case ',' -> token(TokenType.COMMA);
      case '"', '\'', '`' -> string(c);
      case '=' -> take('~') ? token(TokenType.EQUAL_REGEX) : token(TokenType.EQUAL_SIGN);
      case '!' -> {
        if (take('~')) {
          yield token(TokenType.NOT_EQUAL_REGEX);
        }
        if (take('=')) {
          yield token(TokenType.NOT_EQUAL);
        }
        throw error("unexpected character after '!' inside braces: " + quoted(at));
      }
      case '{' -> throw error("unexpected left brace '{'");
      case '}' -> {
        inBraces = false;
        yield token(TokenType.RIGHT_BRACE);
      }
      default -> throw error("unexpected character inside braces: " + quoted(start));
    };
  }

  private Token outsideBraces() {
    char c = input.charAt(at);
    if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
      return numberOrDuration();
    }
    if (inBrackets) {
      Token token = insideBrackets(c);
      if (token != null) {
        return token;
      }
    }
    if (isAlpha(c) || c == ':') {
      return word();
    }
    at++;
    return switch (c) {
      case ',' -> token(TokenType.COMMA);
      case '+' -> token(TokenType.ADD);
      case '-' -> token(TokenType.SUB);
      case '*' -> token(TokenType.MUL);
      case '/' -> token(TokenType.DIV);
      case '%' -> token(TokenType.MOD);
      case '^' -> token(TokenType.POW);
      case '@' -> token(TokenType.AT);
      case '"', '\'', '`' -> string(c);
      case '=', '!', '<', '>' -> comparison(c);
      case '(', ')', '{', '}', '[', ']' -> bracket(c);
      default -> throw error("unexpected character: " + quoted(start));
    };
  }

  private Token comparison(char c) {
    if (c == '=') {
      if (charAt(at) == '~') {
        throw error("unexpected character after '=': '~'");
      }
      return take('=') ? token(TokenType.EQUAL) : token(TokenType.EQUAL_SIGN);
    }
    if (c == '!') {
      if (take('=')) {
        return token(TokenType.NOT_EQUAL);
      }
      throw error("unexpected character after '!': " + quoted(at));
    }
    if (take('=')) {
      return token(c == '<' ? TokenType.LESS_OR_EQUAL : TokenType.GREATER_OR_EQUAL);
    }
    if (take('/')) {
      return token(c == '<' ? TokenType.TRIM_UPPER : TokenType.TRIM_LOWER);
    }
    return token(c == '<' ? TokenType.LESS : TokenType.GREATER);
  }

  private Token bracket(char c) {
    return switch (c) {
      case '(' -> {
        parens++;
        yield token(TokenType.LEFT_PAREN);
      }
      case ')' -> closeParen();
      case '{' -> {
        inBraces = true;
        yield token(TokenType.LEFT_BRACE);
      }
      case '[' -> openBracket();
      case ']' -> closeBracket();
      default -> throw error("unexpected character: " + quoted(start));
    };
  }

  private Token closeParen() {
    parens--;
    if (parens < 0) {
      start = at;
      throw error("unexpected right parenthesis ')'");
    }
    return token(TokenType.RIGHT_PAREN);
  }

  private Token openBracket() {
    if (inBrackets) {
      throw error("unexpected left bracket '['");
    }
    inBrackets = true;
    colonSeen = false;
    durationSeen = false;
    return token(TokenType.LEFT_BRACKET);
  }

  private Token closeBracket() {
    if (!inBrackets) {
      throw error("unexpected right bracket ']'");
    }
    inBrackets = false;
    return token(TokenType.RIGHT_BRACKET);
  }

  /** What has a meaning of its own within brackets; null for the rest. */
  private @Nullable Token insideBrackets(char c) {
    if (c == ':') {
      at++;
      if (colonSeen) {
        throw error("unexpected colon ':'");
      }
      if (!durationSeen) {
        start = at;
        throw error("unexpected colon before duration in duration expression");
      }
      colonSeen = true;
      return token(TokenType.COLON);
    }
    if (isAlpha(c)) {
      skipAlphanumeric(false);
      TokenType type = TokenType.ofWord(input.substring(start, at));
      if (type == TokenType.STEP
          || type == TokenType.RANGE
          || type == TokenType.MIN
          || type == TokenType.MAX) {
        durationSeen = true;
        return token(type);
      }
      at = start;
      throw error(
          durationSeen
              ? "unexpected character: " + quoted(start) + ", expected ':'"
              : "unexpected character in duration expression: " + quoted(start));
    }
    if ("+-*/%^(),]".indexOf(c) < 0 && !durationSeen) {
      throw error("unexpected character in duration expression: " + quoted(start));
    }
    return null;
  }

  private Token word() {
    skipAlphanumeric(true);
    String word = input.substring(start, at);
    TokenType type = TokenType.ofWord(word);
    if (type != null) {
      // A metric may well be called "fill": it is a modifier only before a parenthesis.
      return token(type.isFill() && !parenFollows() ? TokenType.IDENTIFIER : type);
    }
    return token(word.indexOf(':') < 0 ? TokenType.IDENTIFIER : TokenType.METRIC_IDENTIFIER);
  }

  private Token string(char quote) {
    boolean raw = quote == '`';
    while (true) {
      if (at >= input.length()) {
        throw error(raw ? "unterminated raw string" : "unterminated quoted string");
      }
      char c = input.charAt(at++);
      if (c == quote) {
        return token(TokenType.STRING);
      }
      if (c == '\uFFFD') {
        throw error("invalid UTF-8 rune");
      }
      if (!raw && c == '\n') {
        throw error("unterminated quoted string");
      }
      if (!raw && c == '\\') {
        String problem = Strings.escapeProblem(input, at, quote);
        if (problem != null) {
          throw error(problem);
        }
        at++;
      }
    }
  }

  private Token numberOrDuration() {
    durationSeen = true;
    NumberScan scan = new NumberScan(input, at);
    boolean number = scan.number();
    boolean duration = !number && scan.duration();
    at = scan.end();
    if (number || duration) {
      return token(number ? TokenType.NUMBER : TokenType.DURATION);
    }
    throw error("bad number or duration syntax: " + SeriesText.quote(input.substring(start, at)));
  }

  private void skipAlphanumeric(boolean colons) {
    while (at < input.length()
        && (isAlphanumeric(input.charAt(at)) || (colons && charAt(at) == ':'))) {
      at++;
    }
  }

  private boolean take(char c) {
    if (charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private char charAt(int index) {
    return index < input.length() ? input.charAt(index) : END;
  }

  private String quoted(int index) {
    return SeriesText.quote(index < input.length() ? input.codePointAt(index) : 0xFFFD);
  }

  private Token token(TokenType type) {
    return new Token(type, new Position(start, at), input.substring(start, at));
  }

  private ParseException error(String problem) {
    return new ParseException(input, new Position(start, input.length()), problem);
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlpha(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isAlphanumeric(char c) {
    return isAlpha(c) || isDigit(c);
  }
}
