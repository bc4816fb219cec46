package io.lookout.query.promql.parse;

/**
 * How far a number or a duration reaches. Like Prometheus's, it only looks at characters: whether
 * the text has a value is found out later. What is neither ends where it became so; the error shows
 * the text up to there.
 */
final class NumberScan {
  private static final String DECIMAL = "0123456789";
  private static final String HEXADECIMAL = "0123456789abcdefABCDEF";
  private static final String DURATION_UNITS = "smhdw";

  private final String text;
  private int at;

  NumberScan(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /** After the last character that was looked at as part of the number or duration. */
  int end() {
    return at;
  }

  /** Whether it is a number; {@link #end} is behind it then. */
  boolean number() {
    boolean hexadecimal = accept("0") && accept("xX");
    if (hexadecimal) {
      accept("_");
    }
    String digits = hexadecimal ? HEXADECIMAL : DECIMAL;
    accept(".");
    accept(digits);
    return digitsAndMarks(digits) && !Lexer.isAlphanumeric(peek());
  }

  /** Digits with a point, an exponent and underscores in them, none of which may meet another. */
  private boolean digitsAndMarks(String digits) {
    boolean point = false;
    boolean exponent = false;
    while (true) {
      if (accept(".")) {
        if (point || accept("_.") || digits.equals(HEXADECIMAL)) {
          return false;
        }
        point = true;
      } else if (accept("eE")) {
        if (exponent) {
          return false;
        }
        exponent = true;
        accept("+-");
        if (isCutShort()) {
          return false;
        }
      } else if (accept("_")) {
        if (isCutShort()) {
          return false;
        }
      } else if (isNext(digits)) {
        skip(digits);
      } else {
        return true;
      }
    }
  }

  private boolean isCutShort() {
    return accept("._eE") || at == text.length();
  }

  /** Whether what {@link #number} refused goes on as a duration. */
  boolean duration() {
    if (!accept(DURATION_UNITS + "y")) {
      return false;
    }
    accept("s");
    while (accept(DECIMAL)) {
      skip(DECIMAL);
      if (!accept(DURATION_UNITS)) {
        return false;
      }
      accept("s");
    }
    if (Lexer.isAlphanumeric(peek())) {
      at++;
      return false;
    }
    return true;
  }

  private void skip(String characters) {
    while (isNext(characters)) {
      at++;
    }
  }

  private boolean accept(String characters) {
    boolean accepted = isNext(characters);
    at += accepted ? 1 : 0;
    return accepted;
  }

  private boolean isNext(String characters) {
    return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : ' ';
  }
}
