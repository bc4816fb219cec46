package io.lookout.model;

import java.util.Locale;

/** How a label set is written for people. */
public final class SeriesText {
  private SeriesText() {}

  static String of(Labels labels) {
    StringBuilder text = new StringBuilder();
    String name = labels.metricName();
    boolean nameInside = !name.isEmpty() && !isLegacyMetricName(name);
    if (!nameInside) {
      text.append(name);
    }
    if (labels.size() == 1 && !name.isEmpty() && !nameInside) {
      return text.toString();
    }
    text.append('{');
    String separator = "";
    if (nameInside) {
      text.append(quote(name));
      separator = ", ";
    }
    for (Label label : labels) {
      if (!label.name().equals(Label.METRIC_NAME)) {
        text.append(separator)
            .append(isLegacyLabelName(label.name()) ? label.name() : quote(label.name()))
            .append('=')
            .append(quote(label.value()));
        separator = ", ";
      }
    }
    return text.append('}').toString();
  }

  /** {@code [a-zA-Z_:][a-zA-Z0-9_:]*}. */
  public static boolean isLegacyMetricName(String name) {
    return isLegacy(name, true);
  }

  /** {@code [a-zA-Z_][a-zA-Z0-9_]*}. */
  public static boolean isLegacyLabelName(String name) {
    return isLegacy(name, false);
  }

  private static boolean isLegacy(String name, boolean colons) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (colons && c == ':');
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Whether a text that was decoded is UTF-8 throughout: stray bytes are lone surrogates in it. */
  public static boolean isUtf8(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  /** In double quotes, with the escapes that Go's {@code strconv.Quote} uses. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> escape(quoted, c, '"'));
    return quoted.append('"').toString();
  }

  /** A code point in single quotes, as Go's {@code strconv.QuoteRune} writes it. */
  public static String quote(int codePoint) {
    StringBuilder quoted = new StringBuilder(4).append('\'');
    escape(quoted, codePoint, '\'');
    return quoted.append('\'').toString();
  }

  private static void escape(StringBuilder out, int c, char quote) {
    if (c == quote) {
      out.append('\\').append(quote);
      return;
    }
    switch (c) {
      case '\\' -> out.append("\\\\");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> {
        if (c >= 0xDC80 && c <= 0xDCFF) {
          // An unpaired surrogate stands for a byte that is not UTF-8.
          out.append(String.format(Locale.ROOT, "\\x%02x", c - 0xDC00));
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else if (c < 0x80) {
          out.append(String.format(Locale.ROOT, "\\x%02x", c));
        } else {
          out.append(String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  /**
   * Go's {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols and the ASCII
   * space.
   */
  private static boolean isPrintable(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
