package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.text.NumberText;
import io.lookout.query.promql.value.AnnotationText;

/** Checks the parameters of aggregations. */
final class Parameters {
  /** The largest double that Prometheus takes for a whole number. */
  private static final double LARGEST_COUNT = 0x1.fffffffffffffp62;

  private Parameters() {}

  /** A number of series: the whole part. */
  static int count(double parameter) {
    return (int) parameter;
  }

  /** Nothing is wrong with numbers that pick no series at all. */
  static void checkCounts(double[] parameter) {
    double least = least(parameter);
    double most = most(parameter);
    if (most < 1) {
      return;
    }
    if (Double.isNaN(most)) {
      throw new LookoutException(ErrorCode.EXECUTION, "Parameter value is NaN");
    }
    if (least <= -0x1p63) {
      throw outOfRange(least, "underflows");
    }
    if (most >= LARGEST_COUNT) {
      throw outOfRange(most, "overflows");
    }
  }

  private static LookoutException outOfRange(double value, String does) {
    return new LookoutException(
        ErrorCode.EXECUTION, "Scalar value " + NumberText.number(value) + " " + does + " int64");
  }

  /** NaN where any is. */
  private static double least(double[] values) {
    double least = Double.MAX_VALUE;
    for (double value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static double most(double[] values) {
    double most = -Double.MAX_VALUE;
    for (double value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  /**
   * Warns of the values furthest out. Where one is NaN, no finite one is furthest out, as with Go's
   * {@code math.Max}.
   */
  static void checkQuantiles(AggregationContext context) {
    boolean nan = false;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : context.parameter()) {
      if (Double.isNaN(value)) {
        nan = true;
      } else {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (nan) {
      context.warnOfParameter(AnnotationText.invalidQuantile(Double.NaN));
    }
    if (most > 1 && (!nan || Double.isInfinite(most))) {
      context.warnOfParameter(AnnotationText.invalidQuantile(most));
    }
    if (least < 0 && (!nan || Double.isInfinite(least))) {
      context.warnOfParameter(AnnotationText.invalidQuantile(least));
    }
  }

  /** The ratios, between −1 and 1. */
  static double[] ratios(AggregationContext context) {
    double[] ratios = context.parameter().clone();
    double least = least(ratios);
    double most = most(ratios);
    if (Double.isNaN(most)) {
      throw new LookoutException(ErrorCode.EXECUTION, "Ratio value is NaN");
    }
    if (most > 1) {
      context.warnOfParameter(AnnotationText.invalidRatio(most, 1));
    }
    if (least < -1) {
      context.warnOfParameter(AnnotationText.invalidRatio(least, -1));
    }
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = Math.clamp(ratios[i], -1.0, 1.0);
    }
    return ratios;
  }
}
