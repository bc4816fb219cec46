package io.lookout.query.http;

/**
 * Label names in URL paths: {@code U__} and then letters and digits as they are, {@code __} for an
 * underscore, {@code _HEX_} for any other character.
 */
final class UtfEscape {
  private static final String PREFIX = "U__";

  private UtfEscape() {}

  /** The name behind the escape; a name that is not escaped, or badly, stays as it is. */
  static String unescape(String name) {
    if (!name.startsWith(PREFIX)) {
      return name;
    }
    StringBuilder text = new StringBuilder(name.length());
    int at = PREFIX.length();
    while (at < name.length()) {
      char c = name.charAt(at);
      if (c != '_') {
        text.append(c);
        at++;
        continue;
      }
      int end = name.indexOf('_', at + 1);
      int codePoint = end < 0 ? -1 : codePoint(name.substring(at + 1, end));
      if (codePoint < 0) {
        return name;
      }
      text.appendCodePoint(codePoint);
      at = end + 1;
    }
    return text.toString();
  }

  private static int codePoint(String hex) {
    if (hex.isEmpty()) {
      return '_';
    }
    if (hex.length() > 6) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < hex.length(); i++) {
      int digit = Character.digit(hex.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    boolean surrogate = value >= 0xD800 && value < 0xE000;
    return Character.isValidCodePoint(value) && !surrogate ? value : -1;
  }
}
