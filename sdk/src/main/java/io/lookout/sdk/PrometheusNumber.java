package io.lookout.sdk;

/** Numbers in label values. */
final class PrometheusNumber {
  private PrometheusNumber() {}

  /** {@code 0.5}, {@code 1.0}, {@code +Inf}: as the text exposition writes {@code le}. */
  static String text(double value) {
    if (value == Double.POSITIVE_INFINITY) {
      return "+Inf";
    } else if (value == Double.NEGATIVE_INFINITY) {
      return "-Inf";
    }
    return Double.toString(value);
  }
}
