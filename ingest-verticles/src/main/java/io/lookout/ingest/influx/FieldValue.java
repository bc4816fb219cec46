package io.lookout.ingest.influx;

import io.lookout.ingest.exposition.DecimalNumber;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The value of a field: a number, with {@code i} or {@code u} behind it, a truth value, a text. */
final class FieldValue {
  private static final int LONGEST_NUMBER = 400;

  private FieldValue() {}

  static boolean isText(byte[] bytes, int from) {
    return bytes[from] == '"';
  }

  /** Where the value ends: at a comma that is not in quotes, or at the limit. */
  static int end(byte[] bytes, int from, int limit) {
    if (from >= limit) {
      throw new LineException("missing field value");
    }
    if (!isText(bytes, from)) {
      return Line.partEnd(bytes, from, limit, (byte) ',', (byte) ',');
    }
    int p = from + 1;
    while (p < limit && bytes[p] != '"') {
      p += bytes[p] == '\\' && p + 1 < limit ? 2 : 1;
    }
    if (p >= limit) {
      throw new LineException("unbalanced quotes");
    }
    if (p + 1 < limit && bytes[p + 1] != ',') {
      throw new LineException("invalid field format");
    }
    return p + 1;
  }

  /** The number; 0 for a text. */
  static double read(byte[] bytes, int from, int to) {
    if (from >= to) {
      throw new LineException("missing field value");
    }
    if (isText(bytes, from)) {
      return 0;
    }
    int first = bytes[from] == '+' && from + 1 < to ? from + 1 : from;
    if (isLetter(bytes[first])) {
      return truth(bytes, from, to);
    }
    byte last = bytes[to - 1];
    if (last == 'i' || last == 'u') {
      return whole(bytes, from, to - 1, last == 'u');
    }
    double fast = DecimalNumber.parse(bytes, from, to);
    return Double.isNaN(fast) ? slow(bytes, from, to) : fast;
  }

  private static double whole(byte[] bytes, int from, int to, boolean unsigned) {
    String text = text(bytes, from, to);
    try {
      return unsigned
          ? new BigInteger(Long.toUnsignedString(Long.parseUnsignedLong(text))).doubleValue()
          : (double) Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new LineException(
          GoNumbers.isWhole(text)
              ? "unable to parse integer " + text + ": " + GoNumbers.outOfRange(text, unsigned)
              : "invalid number");
    }
  }

  private static double truth(byte[] bytes, int from, int to) {
    return switch (text(bytes, from, to)) {
      case "t", "T", "true", "True", "TRUE" -> 1;
      case "f", "F", "false", "False", "FALSE" -> 0;
      case "NaN", "nan", "Inf", "inf" -> throw new LineException("invalid number");
      default -> throw new LineException("invalid boolean");
    };
  }

  /** InfluxDB has no NaN and no infinities, so neither has a line. */
  private static double slow(byte[] bytes, int from, int to) {
    try {
      double value = DecimalNumber.parseText(text(bytes, from, to));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new LineException("invalid number");
    }
    throw new LineException("invalid float");
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static String text(byte[] bytes, int from, int to) {
    if (to - from > LONGEST_NUMBER) {
      throw new LineException("invalid number");
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
