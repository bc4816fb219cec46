package io.lookout.query.http;

/**
 * Floats as Prometheus writes them: the shortest digits that read back the same, with an exponent
 * below 1e-6 and from 1e21 on. Written into room that there is; not thread-safe.
 */
final class FloatDigits {
  /** No text takes more bytes. */
  static final int LONGEST = 32;

  /** Nor one without an exponent. */
  static final int LONGEST_PLAIN = 352;

  /** Whole numbers below are written as they are. */
  private static final double MAX_WHOLE = 1e15;

  /**
   * Thousandths of what is below are whole numbers that a double holds, with some bits to spare.
   */
  private static final double MAX_THOUSANDTHS = 1e9;

  private static final byte[] NOT_A_NUMBER = {'N', 'a', 'N'};
  private static final byte[] INFINITE = {'I', 'n', 'f'};

  private final ShortestDecimal decimal = new ShortestDecimal();

  /** Writes a float, and says where it ends. */
  int write(double value, byte[] bytes, int at) {
    return write(value, true, bytes, at);
  }

  /** The same without an exponent, which Prometheus writes in no scalar. */
  int writePlain(double value, byte[] bytes, int at) {
    return write(value, false, bytes, at);
  }

  private int write(double value, boolean exponents, byte[] bytes, int at) {
    double magnitude = Math.abs(value);
    if (!(magnitude <= Double.MAX_VALUE)) {
      return notFinite(value, bytes, at);
    }
    int begin = at;
    if (Double.doubleToRawLongBits(value) < 0) {
      bytes[begin++] = '-';
    }
    if (magnitude < MAX_WHOLE) {
      long whole = (long) magnitude;
      if (whole == magnitude) {
        return digits(whole, bytes, begin);
      }
    }
    if (magnitude < MAX_THOUSANDTHS) {
      // A quotient of two doubles that are exact is what the text of it reads as.
      long thousandths = (long) (magnitude * 1000 + 0.5);
      if (thousandths > 0 && thousandths / 1000.0 == magnitude) {
        return thousandths((int) (thousandths / 1000), (int) (thousandths % 1000), bytes, begin);
      }
    }
    return shortest(magnitude, exponents && (magnitude < 1e-6 || magnitude >= 1e21), bytes, begin);
  }

  private static int notFinite(double value, byte[] bytes, int at) {
    if (Double.isNaN(value)) {
      return ascii(NOT_A_NUMBER, bytes, at);
    }
    bytes[at] = (byte) (value > 0 ? '+' : '-');
    return ascii(INFINITE, bytes, at + 1);
  }

  private static int ascii(byte[] text, byte[] bytes, int at) {
    System.arraycopy(text, 0, bytes, at, text.length);
    return at + text.length;
  }

  private static int digits(long number, byte[] bytes, int at) {
    int count = Digits.count(number);
    Digits.write(number, count, bytes, at);
    return at + count;
  }

  /** A fraction of one to three digits, none of which is a zero at the end. */
  private static int thousandths(int whole, int fraction, byte[] bytes, int at) {
    int point = digits(whole, bytes, at);
    bytes[point] = '.';
    bytes[point + 1] = (byte) ('0' + fraction / 100);
    bytes[point + 2] = (byte) ('0' + fraction / 10 % 10);
    bytes[point + 3] = (byte) ('0' + fraction % 10);
    if (fraction % 10 != 0) {
      return point + 4;
    }
    return fraction % 100 != 0 ? point + 3 : point + 2;
  }

  private int shortest(double value, boolean exponent, byte[] bytes, int at) {
    decimal.of(value);
    long digits = decimal.digits();
    int count = Digits.count(digits);
    int point = count + decimal.exponent();
    if (exponent) {
      return scientific(digits, count, point - 1, bytes, at);
    }
    if (point <= 0) {
      bytes[at] = '0';
      bytes[at + 1] = '.';
      int begin = zeros(-point, bytes, at + 2);
      Digits.write(digits, count, bytes, begin);
      return begin + count;
    }
    if (point >= count) {
      Digits.write(digits, count, bytes, at);
      return zeros(point - count, bytes, at + count);
    }
    return pointed(digits, count, point, bytes, at);
  }

  private static int scientific(long digits, int count, int exponent, byte[] bytes, int at) {
    int end = count == 1 ? digits(digits, bytes, at) : pointed(digits, count, 1, bytes, at);
    bytes[end] = 'e';
    bytes[end + 1] = (byte) (exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    int width = magnitude < 100 ? 2 : 3;
    Digits.write(magnitude, width, bytes, end + 2);
    return end + 2 + width;
  }

  /** The digits with a point behind the first so many. */
  private static int pointed(long digits, int count, int whole, byte[] bytes, int at) {
    Digits.write(digits, count, bytes, at + 1);
    // Mostly few: they make room for the point.
    for (int i = 0; i < whole; i++) {
      bytes[at + i] = bytes[at + i + 1];
    }
    bytes[at + whole] = '.';
    return at + count + 1;
  }

  private static int zeros(int n, byte[] bytes, int at) {
    for (int i = 0; i < n; i++) {
      bytes[at + i] = '0';
    }
    return at + n;
  }
}
