package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.NumberText;

/** Checks the parameters of aggregations. */
final class Parameters {
  private Parameters() {}

  /** A number of series: the whole part. */
  static int count(double parameter) {
    return (int) parameter;
  }

  static void checkCounts(double[] parameter) {
    for (double value : parameter) {
      if (Double.isNaN(value)) {
        throw new LookoutException(ErrorCode.EXECUTION, "Parameter value is NaN");
      }
      if (Math.abs(value) >= 0x1p63) {
        throw new LookoutException(
            ErrorCode.EXECUTION, "Scalar value " + NumberText.general(value) + " overflows int64");
      }
    }
  }

  static void checkQuantiles(AggregationContext context) {
    for (double value : context.parameter()) {
      if (!(value >= 0 && value <= 1)) {
        context.warnOfParameter(AnnotationText.invalidQuantile(value));
      }
    }
  }

  /** The ratios, between −1 and 1. */
  static double[] ratios(AggregationContext context) {
    double[] ratios = context.parameter().clone();
    for (int i = 0; i < ratios.length; i++) {
      if (Double.isNaN(ratios[i])) {
        throw new LookoutException(ErrorCode.EXECUTION, "Ratio value is NaN");
      }
      double capped = Math.max(-1, Math.min(1, ratios[i]));
      if (capped != ratios[i]) {
        context.warnOfParameter(AnnotationText.invalidRatio(ratios[i], capped));
        ratios[i] = capped;
      }
    }
    return ratios;
  }
}
