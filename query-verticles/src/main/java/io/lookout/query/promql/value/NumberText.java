package io.lookout.query.promql.value;

import java.math.BigDecimal;

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

  /** The same with an exponent for what is very large or small: Go's {@code %v}. */
  public static String general(double value) {
    return general(value, 1e21);
  }

  /** The same with an exponent from a million on: Go's {@code %g}. */
  public static String shortGeneral(double value) {
    return general(value, 1e6);
  }

  private static String general(double value, double limit) {
    double magnitude = Math.abs(value);
    if (magnitude == 0 || !Double.isFinite(value) || (magnitude >= 1e-4 && magnitude < limit)) {
      return plain(value);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
