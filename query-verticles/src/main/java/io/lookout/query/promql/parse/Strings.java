package io.lookout.query.promql.parse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** String literals: the escapes of Go in single and double quotes, none in backticks. */
final class Strings {
  private static final String SIMPLE = "abfnrtv\\";
  private static final String SIMPLE_VALUES = "\u0007\b\f\n\r\t\u000b\\";

  private Strings() {}

  /** What is wrong with the escape sequence whose letter is at {@code at}, or null. */
  static @Nullable String escapeProblem(String text, int at, char quote) {
    if (at >= text.length()) {
      return "escape sequence not terminated";
    }
    char c = text.charAt(at);
    if (c == quote || SIMPLE.indexOf(c) >= 0) {
      return null;
    }
    int digits = digits(c);
    if (digits == 0) {
      return "unknown escape sequence " + codePoint(text, at);
    }
    int radix = radix(c);
    int first = radix == 8 ? at : at + 1;
    long value = 0;
    for (int i = first; i < first + digits; i++) {
      if (i >= text.length()) {
        return "escape sequence not terminated";
      }
      int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return "illegal character " + codePoint(text, i) + " in escape sequence";
      }
      value = value * radix + digit;
    }
    boolean valid =
        digits <= 3 ? value <= 255 : value <= Character.MAX_CODE_POINT && !isSurrogate(value);
    return valid ? null : "escape sequence is an invalid Unicode code point";
  }

  private static boolean isSurrogate(long value) {
    return value >= 0xD800 && value < 0xE000;
  }

  private static int digits(char letter) {
    return switch (letter) {
      case '0', '1', '2', '3', '4', '5', '6', '7' -> 3;
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      default -> 0;
    };
  }

  private static int radix(char letter) {
    return Lexer.isDigit(letter) ? 8 : 16;
  }

  /** As Go's {@code %#U}. */
  private static String codePoint(String text, int at) {
    int c = text.codePointAt(at);
    return String.format(Locale.ROOT, "U+%04X '%s'", c, Character.toString(c));
  }

  /** What a string token stands for. Its escapes have been checked by the lexer. */
  static String unquote(String token) {
    String body = token.substring(1, token.length() - 1);
    if (token.charAt(0) == '`' || body.indexOf('\\') < 0) {
      return body;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length());
    int at = 0;
    while (at < body.length()) {
      int c = body.codePointAt(at);
      at += c == '\\' ? escape(body, at + 1, bytes) + 1 : append(c, bytes);
    }
    return decode(bytes.toByteArray());
  }

  private static int append(int codePoint, ByteArrayOutputStream bytes) {
    bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    return Character.charCount(codePoint);
  }

  /** Appends what the escape stands for; how many characters follow the backslash. */
  private static int escape(String body, int at, ByteArrayOutputStream bytes) {
    char c = body.charAt(at);
    int simple = SIMPLE.indexOf(c);
    if (simple >= 0) {
      bytes.write(SIMPLE_VALUES.charAt(simple));
      return 1;
    }
    int digits = digits(c);
    if (digits == 0) {
      bytes.write(c);
      return 1;
    }
    int radix = radix(c);
    int first = radix == 8 ? at : at + 1;
    int value = Integer.parseInt(body.substring(first, first + digits), radix);
    if (digits <= 3) {
      bytes.write(value);
    } else {
      append(value, bytes);
    }
    return first + digits - at;
  }

  /** UTF-8; a byte that is not part of any becomes an unpaired surrogate, U+DC00 more. */
  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return decodeWithStrayBytes(bytes);
    }
  }

  private static String decodeWithStrayBytes(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int length = sequenceLength(bytes, at);
      if (length == 0) {
        text.append((char) (0xDC00 + (bytes[at] & 0xFF)));
        at++;
      } else {
        text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
        at += length;
      }
    }
    return text.toString();
  }

  /** The length of the valid UTF-8 sequence at {@code at}, 0 where there is none. */
  private static int sequenceLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
      return length;
    } catch (CharacterCodingException e) {
      return 0;
    }
  }
}
