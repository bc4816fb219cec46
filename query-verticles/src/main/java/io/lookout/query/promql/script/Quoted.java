package io.lookout.query.promql.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Strings in quotes, with Go's escapes. */
final class Quoted {
  private Quoted() {}

  /**
   * A string in double, single or back quotes.
   *
   * @throws ScriptException where the quotes do not match
   */
  static String parse(String text) {
    int last = text.length() - 1;
    if (last < 1 || text.charAt(0) != text.charAt(last) || "\"'`".indexOf(text.charAt(0)) < 0) {
      throw new ScriptException("no string: " + text);
    }
    String inner = text.substring(1, last);
    return text.charAt(0) == '`' ? inner : unescape(inner);
  }

  /** What is between double or single quotes. */
  static String unescape(String text) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) != '\\') {
        int c = text.codePointAt(i);
        utf8.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      } else {
        i = escape(text, i + 1, utf8);
      }
    }
    return utf8.toString(StandardCharsets.UTF_8);
  }

  private static int escape(String text, int i, ByteArrayOutputStream utf8) {
    if (i == text.length()) {
      throw unreadable(text);
    }
    char c = text.charAt(i);
    return switch (c) {
      case 'x' -> octet(text, i + 1, 16, utf8);
      case 'u' -> codePoint(text, i + 1, 4, utf8);
      case 'U' -> codePoint(text, i + 1, 8, utf8);
      case '0', '1', '2', '3' -> octet(text, i, 8, utf8);
      default -> {
        int known = "abfnrtv".indexOf(c);
        utf8.write(known < 0 ? c : "\u0007\b\f\n\r\t\u000b".charAt(known));
        yield i + 1;
      }
    };
  }

  /** Two hexadecimal or three octal digits. */
  private static int octet(String text, int i, int radix, ByteArrayOutputStream utf8) {
    int end = i + (radix == 16 ? 2 : 3);
    utf8.write(number(text, i, end, radix));
    return end;
  }

  private static int number(String text, int from, int to, int radix) {
    try {
      return Integer.parseInt(text, from, to, radix);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw unreadable(text);
    }
  }

  private static ScriptException unreadable(String text) {
    return new ScriptException("no escape sequence in a string: " + text);
  }

  private static int codePoint(String text, int i, int digits, ByteArrayOutputStream utf8) {
    int c = number(text, i, i + digits, 16);
    if (!Character.isValidCodePoint(c)) {
      throw unreadable(text);
    }
    utf8.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
    return i + digits;
  }
}
