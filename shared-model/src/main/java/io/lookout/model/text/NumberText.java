package io.lookout.model.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How numbers are written where they become text: in answers, label values, histograms and notes.
 * The forms are those of Go's {@code strconv}, so that texts are the same as Prometheus's.
 */
public final class NumberText {
  private static final int SHORTEST = 6;

  private NumberText() {}

  /**
   * The shortest text that reads back the same, never with an exponent (Go's format {@code f}):
   * values in answers, and {@code le} as OTLP's histograms get it.
   */
  public static String plain(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return special(value);
    }
    if (value == (long) value && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /**
   * The shortest text that reads back the same, with an exponent from 1e+06 and below 0.0001: Go's
   * format {@code g}.
   */
  public static String number(double value) {
    return !Double.isFinite(value) || value == 0
        ? special(value)
        : general(new BigDecimal(Double.toString(value)), SHORTEST);
  }

  /** Rounded to so many significant digits: Go's {@code %.2g} for 2. */
  public static String rounded(double value, int digits) {
    return !Double.isFinite(value) || value == 0
        ? special(value)
        : general(
            new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN)), digits);
  }

  /**
   * As {@link #number}, but never looking like an integer: {@code le} and {@code quantile} as
   * OpenMetrics writes them.
   */
  public static String bound(double value) {
    String text = number(value);
    return !Double.isFinite(value) || text.indexOf('.') >= 0 || text.indexOf('e') >= 0
        ? text
        : text + ".0";
  }

  private static String special(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return value > 0 ? "+Inf" : "-Inf";
  }

  private static String general(BigDecimal value, int digitsBeforeExponent) {
    BigDecimal decimal = value.stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= -4 && exponent < digitsBeforeExponent) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    return (value.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
