package io.lookout.ingest.exposition;

import java.util.Locale;

/** Numbers as metrics are exposed with. */
public final class DecimalNumber {
  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private DecimalNumber() {}

  /**
   * The short way, for what most numbers are: up to 15 digits, with or without a point, with a
   * small exponent or none. Digits and power of ten are then exact doubles, so that one
   * multiplication or division rounds correctly.
   *
   * @return NaN for everything else, be it a number or not
   */
  public static double parse(byte[] bytes, int from, int to) {
    int p = from;
    boolean negative = bytes[p] == '-';
    if (negative || bytes[p] == '+') {
      p++;
    }
    long digits = 0;
    int count = 0;
    int afterPoint = -1;
    int exponent = 0;
    for (; p < to; p++) {
      byte b = bytes[p];
      if (b >= '0' && b <= '9') {
        digits = digits * 10 + (b - '0');
        count++;
        afterPoint += afterPoint >= 0 ? 1 : 0;
      } else if (b == '.' && afterPoint < 0) {
        afterPoint = 0;
      } else if ((b == 'e' || b == 'E') && count > 0) {
        exponent = exponent(bytes, p + 1, to);
        break;
      } else {
        return Double.NaN;
      }
      if (count > 15) {
        return Double.NaN;
      }
    }
    exponent -= Math.max(afterPoint, 0);
    if (count == 0 || exponent < -22 || exponent > 22) {
      return Double.NaN;
    }
    double magnitude =
        exponent < 0 ? (double) digits / POWERS[-exponent] : (double) digits * POWERS[exponent];
    return negative ? -magnitude : magnitude;
  }

  /** Up to three digits with a sign; far out of range for what is more or something else. */
  private static int exponent(byte[] bytes, int from, int to) {
    int p = from;
    boolean negative = p < to && bytes[p] == '-';
    if (p < to && (negative || bytes[p] == '+')) {
      p++;
    }
    if (p == to || to - p > 3) {
      return 10_000;
    }
    int exponent = 0;
    for (; p < to; p++) {
      if (bytes[p] < '0' || bytes[p] > '9') {
        return 10_000;
      }
      exponent = exponent * 10 + (bytes[p] - '0');
    }
    return negative ? -exponent : exponent;
  }

  /**
   * What Go's {@code ParseFloat} takes and Prometheus does not refuse: decimal numbers, {@code Inf}
   * and {@code NaN} in any case; no hexadecimal numbers, no underscores.
   *
   * @throws NumberFormatException for everything else
   */
  public static double parseText(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> decimal(word);
    };
  }

  private static double decimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.e".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException(text);
      }
    }
    return Double.parseDouble(text);
  }
}
