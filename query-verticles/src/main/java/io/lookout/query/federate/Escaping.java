package io.lookout.query.federate;

import io.lookout.model.SeriesText;
import java.util.Optional;

/**
 * What becomes of names that are more than {@code [a-zA-Z_:][a-zA-Z0-9_:]*} for scrapers that take
 * no others.
 *
 * <p>Source: the escaping schemes of Prometheus's content negotiation.
 */
enum Escaping {
  /** Names stay as they are; the text format quotes them. */
  ALLOW_UTF_8("allow-utf-8"),

  /** Whatever they must not hold becomes {@code _}. */
  UNDERSCORES("underscores"),

  /** The same, but dots can be told: {@code _dot_}, beside underscores that are doubled. */
  DOTS("dots"),

  /** Can be undone: {@code U__}, and {@code _HEX_} for each other character. */
  VALUES("values");

  private final String label;

  Escaping(String label) {
    this.label = label;
  }

  /** As media types have it. */
  String label() {
    return label;
  }

  static Optional<Escaping> named(String label) {
    for (Escaping each : values()) {
      if (each.label.equals(label)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * @param name of a metric or of a label
   */
  String of(String name) {
    if (this == ALLOW_UTF_8 || SeriesText.isLegacyMetricName(name)) {
      return name;
    }
    StringBuilder text = new StringBuilder(this == VALUES ? "U__" : "");
    int at = 0;
    while (at < name.length()) {
      int c = name.codePointAt(at);
      append(text, c, isPlain(c, at));
      at += Character.charCount(c);
    }
    return text.toString();
  }

  private static boolean isPlain(int c, int at) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == ':'
        || (c >= '0' && c <= '9' && at > 0);
  }

  private void append(StringBuilder text, int c, boolean plain) {
    if (c == '_' && this != UNDERSCORES) {
      text.append("__");
    } else if (plain) {
      text.appendCodePoint(c);
    } else if (this == VALUES) {
      text.append('_').append(Integer.toHexString(c)).append('_');
    } else if (this == DOTS) {
      text.append(c == '.' ? "_dot_" : "__");
    } else {
      text.append('_');
    }
  }
}
