package io.lookout.query.promql.parse;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Number literals: decimal, hexadecimal, octal (a leading 0), with underscores, Inf and NaN. */
final class Numbers {
  private Numbers() {}

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

  /** Whether a token without a value has none because no double holds it. */
  static boolean isTooLarge(String token) {
    try {
      return Double.isInfinite(Double.parseDouble(token));
    } catch (NumberFormatException e) {
      return false;
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
