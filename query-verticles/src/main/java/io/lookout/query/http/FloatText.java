package io.lookout.query.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Floats as Go's {@code strconv.ParseFloat} reads them, and so Prometheus in its parameters. */
final class FloatText {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0[xX](?:[0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+");

  private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(?:inity)?");

  /** They may stand between digits alone. */
  private static final Pattern STRAY_UNDERSCORE =
      Pattern.compile("(?<![0-9a-fA-FxX])_|_(?![0-9a-fA-F])");

  private FloatText() {}

  /**
   * @return null for what is no number, or one that is too large
   */
  static @Nullable Double read(String text) {
    if (isPlain(text)) {
      return Double.parseDouble(text);
    }
    if (INFINITE.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (text.toLowerCase(Locale.ROOT).equals("nan")) {
      return Double.NaN;
    }
    if (STRAY_UNDERSCORE.matcher(text).find()) {
      return null;
    }
    String plain = text.replace("_", "");
    if (!DECIMAL.matcher(plain).matches() && !HEXADECIMAL.matcher(plain).matches()) {
      return null;
    }
    double value = Double.parseDouble(plain);
    return Double.isInfinite(value) ? null : value;
  }

  /** Whether these are some digits, with a point between them or none: as nearly always. */
  private static boolean isPlain(String text) {
    int n = text.length();
    boolean pointed = false;
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      if (c == '.' && !pointed && i > 0 && i < n - 1) {
        pointed = true;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return n > 0 && n < 20;
  }
}
