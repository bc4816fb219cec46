package io.lookout.model.histogram;

import java.math.BigDecimal;

/** How PromQL prints a histogram. */
final class HistogramText {
  private HistogramText() {}

  static String of(NativeHistogram h) {
    StringBuilder text = new StringBuilder("{count:");
    text.append(number(h.count())).append(", sum:").append(number(h.sum()));
    BucketTable buckets = BucketTable.of(h);
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) != 0) {
        text.append(", ")
            .append(buckets.lowerInclusive(i) ? '[' : '(')
            .append(number(buckets.lower(i)))
            .append(',')
            .append(number(buckets.upper(i)))
            .append(buckets.upperInclusive(i) ? ']' : ')')
            .append(':')
            .append(number(buckets.count(i)));
      }
    }
    return text.append('}').toString();
  }

  /** The shortest text that reads back the same, with an exponent from 1e+06 and below 0.0001. */
  static String number(double value) {
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
}
