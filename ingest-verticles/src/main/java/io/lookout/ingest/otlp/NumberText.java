package io.lookout.ingest.otlp;

/** Numbers in labels {@code le} and {@code quantile}, as Go writes them. */
final class NumberText {
  private NumberText() {}

  static String of(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    double size = Math.abs(number);
    boolean plain = size == 0 || (size >= 1e-4 && size < 1e21);
    if (plain) {
      String text = new java.math.BigDecimal(Double.toString(number)).toPlainString();
      return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
    return Double.toString(number).replace("E-", "e-").replace("E", "e+").replace(".0e", "e");
  }
}
