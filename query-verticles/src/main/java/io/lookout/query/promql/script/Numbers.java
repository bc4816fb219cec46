package io.lookout.query.promql.script;

import java.util.Arrays;
import java.util.Locale;

/** Numbers in scripts. */
final class Numbers {
  private Numbers() {}

  /**
   * A float; {@code Inf} and {@code NaN} in any case.
   *
   * @throws ScriptException for other text
   */
  static double parse(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case "nan", "+nan", "-nan" -> {
        return Double.NaN;
      }
      default -> {
        try {
          return Double.parseDouble(text.replace("_", ""));
        } catch (NumberFormatException e) {
          throw new ScriptException("no number: " + text);
        }
      }
    }
  }

  /** Numbers between brackets. */
  static double[] list(String text) {
    String inner = text.substring(1, text.length() - 1).strip();
    return inner.isEmpty()
        ? new double[0]
        : Arrays.stream(inner.split("\\s+")).mapToDouble(Numbers::parse).toArray();
  }
}
