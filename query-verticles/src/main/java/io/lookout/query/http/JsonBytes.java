package io.lookout.query.http;

import io.lookout.model.Labels;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON as bytes, appended piece by piece. Numbers are written as Prometheus writes them. A buffer
 * to be filled, sent, cleared and filled again; not thread-safe.
 */
final class JsonBytes {
  /** Where a part is large enough to be sent. */
  static final int FULL = 32 << 10;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[FULL + (8 << 10)];
  private int size;

  boolean isFull() {
    return size >= FULL;
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  private void reserve(int n) {
    if (size + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + n, bytes.length * 2));
    }
  }

  /** ASCII text as it is. */
  JsonBytes raw(String ascii) {
    int n = ascii.length();
    reserve(n);
    for (int i = 0; i < n; i++) {
      bytes[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  JsonBytes raw(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /** JSON that is whole already. */
  JsonBytes text(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  /** A string in quotes. Unpaired surrogates, which no JSON can hold, become U+FFFD. */
  JsonBytes string(String text) {
    raw('"');
    for (int i = 0; i < text.length(); i++) {
      reserve(8);
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        utf8(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        utf8(Character.isSurrogate(c) ? 0xFFFD : c);
      }
    }
    return raw('"');
  }

  private void ascii(char c) {
    if (c >= ' ' && c != '"' && c != '\\') {
      bytes[size++] = (byte) c;
      return;
    }
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
      }
    }
  }

  private void utf8(int c) {
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
    } else {
      if (c < 0x10000) {
        bytes[size++] = (byte) (0xE0 | (c >> 12));
      } else {
        bytes[size++] = (byte) (0xF0 | (c >> 18));
        bytes[size++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      }
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    bytes[size++] = (byte) (0x80 | (c & 0x3F));
  }

  JsonBytes number(long value) {
    if (value < 0) {
      return raw(Long.toString(value));
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    reserve(digits);
    size += digits;
    int at = size;
    long rest = value;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return this;
  }

  /** Milliseconds as seconds: {@code 1.500}, {@code 12}. */
  JsonBytes timestamp(long millis) {
    if (millis < 0) {
      raw('-');
    }
    number(Math.abs(millis / 1000));
    int fraction = (int) Math.abs(millis % 1000);
    if (fraction != 0) {
      raw('.');
      raw((char) ('0' + fraction / 100));
      raw((char) ('0' + fraction / 10 % 10));
      raw((char) ('0' + fraction % 10));
    }
    return this;
  }

  /**
   * A float in quotes: the shortest digits that read back the same, with an exponent below 1e-6 and
   * from 1e21 on.
   */
  JsonBytes value(double value) {
    raw('"');
    if (value == (long) value && Math.abs(value) < 1e15) {
      if (value == 0 && 1 / value < 0) {
        raw('-');
      }
      number((long) value);
    } else {
      raw(shortest(value));
    }
    return raw('"');
  }

  private static String shortest(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    double magnitude = Math.abs(value);
    String plain = Double.toString(value);
    if (magnitude >= 1e-3 && magnitude < 1e7) {
      return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
    }
    BigDecimal decimal = new BigDecimal(plain).stripTrailingZeros();
    if (magnitude >= 1e-6 && magnitude < 1e21) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** A label set as an object. */
  JsonBytes labels(Labels labels) {
    raw('{');
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      string(labels.name(i)).raw(':').string(labels.value(i));
    }
    return raw('}');
  }
}
