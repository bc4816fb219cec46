package io.lookout.model.text;

import java.math.BigDecimal;

/** How numbers are written where they become text: in histograms, and as label values. */
public final class NumberText {
  private NumberText() {}

  /**
   * The shortest text that reads back the same, with an exponent from 1e+06 and below 0.0001: Go's
   * format {@code g}.
   */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /** The same, but never looking like an integer: the form of {@code le} and {@code quantile}. */
  public static String bound(double value) {
    String text = number(value);
    return !Double.isFinite(value) || text.indexOf('.') >= 0 || text.indexOf('e') >= 0
        ? text
        : text + ".0";
  }
}
