package io.lookout.query.promql.parse;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Number literals: decimal, hexadecimal, octal (a leading 0), with underscores, Inf and NaN. */
final class Numbers {
  private Numbers() {}

  /** Where the number that begins at {@code from} ends, or −1 where there is none. */
  static int scan(String text, int from) {
    int at = from;
    if (text.startsWith("0x", from) || text.startsWith("0X", from)) {
      at += 2;
      int digits = at;
      while (at < text.length() && isHexDigit(text.charAt(at))) {
        at++;
      }
      return at > digits && endsHere(text, at) ? at : -1;
    }
    at = digits(text, at);
    if (at < text.length() && text.charAt(at) == '.') {
      at = digits(text, at + 1);
    }
    int exponent = exponent(text, at);
    at = exponent >= 0 ? exponent : at;
    return at > from && endsHere(text, at) && text.charAt(at - 1) != '_' ? at : -1;
  }

  private static int exponent(String text, int from) {
    if (from >= text.length() || (text.charAt(from) | 0x20) != 'e') {
      return -1;
    }
    int at = from + 1;
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at++;
    }
    int end = digits(text, at);
    return end > at ? end : -1;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length()
        && (Lexer.isDigit(text.charAt(at)) || (text.charAt(at) == '_' && at > from))) {
      at++;
    }
    return at;
  }

  private static boolean isHexDigit(char c) {
    return Lexer.isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') || c == '_';
  }

  private static boolean endsHere(String text, int at) {
    return at >= text.length()
        || (!Lexer.isAlphanumeric(text.charAt(at)) && text.charAt(at) != '.');
  }

  /** The value of a number token, or null where it has none. */
  static @Nullable Double value(String token) {
    String text = token.replace("_", "");
    if (token.contains("__") || token.endsWith("_")) {
      return null;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> finite(text);
    };
  }

  private static @Nullable Double finite(String text) {
    Double integer = integer(text);
    return integer != null ? integer : decimal(text);
  }

  private static @Nullable Double integer(String text) {
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    boolean octal = !hex && text.length() > 1 && text.charAt(0) == '0';
    try {
      if (hex) {
        return new BigInteger(text.substring(2), 16).doubleValue();
      }
      return octal ? (double) Long.parseLong(text, 8) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Double decimal(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? null : Double.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
