package io.lookout.query.promql.value;

import java.math.BigDecimal;
import java.math.MathContext;

/** Floats as Prometheus writes them. */
public final class NumberText {
  private NumberText() {}

  /**
   * The shortest text that reads back as the same float, without exponent: what the query API and
   * {@code count_values} show.
   */
  public static String plain(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (value == (long) value && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** As OpenMetrics writes the values of labels: whole numbers end in {@code .0}. */
  public static String openMetrics(double value) {
    String text = general(value);
    boolean whole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return whole ? text + ".0" : text;
  }

  /** The same with an exponent from a million on and below 0.0001: Go's {@code %v}. */
  public static String general(double value) {
    return Double.isFinite(value) && value != 0
        ? general(new BigDecimal(Double.toString(value)), 6)
        : plain(value);
  }

  /** Rounded to so many significant digits: Go's {@code %.2g} for 2. */
  static String general(double value, int precision) {
    return Double.isFinite(value) && value != 0
        ? general(new BigDecimal(value).round(new MathContext(precision)), precision)
        : plain(value);
  }

  private static String general(BigDecimal value, int digitsBeforeExponent) {
    BigDecimal decimal = value.stripTrailingZeros();
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    if (exponent >= -4 && exponent < digitsBeforeExponent) {
      return decimal.toPlainString();
    }
    return (value.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
