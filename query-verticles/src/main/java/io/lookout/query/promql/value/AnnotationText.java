package io.lookout.query.promql.value;

import io.lookout.model.SeriesText;
import io.lookout.model.text.NumberText;

/** The messages of annotations, word for word those of Prometheus 3. */
public final class AnnotationText {
  private AnnotationText() {}

  /** Some messages leave an empty name out, others quote it. */
  private static String about(String message, String metricName) {
    return metricName.isEmpty()
        ? message
        : message + " for metric name " + SeriesText.quote(metricName);
  }

  public static String invalidQuantile(double quantile) {
    return "quantile value should be between 0 and 1, got " + NumberText.number(quantile);
  }

  public static String invalidRatio(double ratio, double cappedTo) {
    return "ratio value should be between -1 and 1, got "
        + NumberText.number(ratio)
        + ", capping to "
        + NumberText.number(cappedTo);
  }

  /**
   * @param label that tells the bounds: {@code le}
   */
  public static String badBucketLabel(String label, String value, String metricName) {
    return about(
        "bucket label "
            + SeriesText.quote(label)
            + " is missing or has a malformed value of "
            + SeriesText.quote(value),
        metricName);
  }

  public static String mixedFloatsHistograms(String metricName) {
    return "encountered a mix of histograms and floats for metric name "
        + SeriesText.quote(metricName);
  }

  public static String mixedFloatsHistogramsInAggregation() {
    return "encountered a mix of histograms and floats for aggregation";
  }

  public static String mixedClassicNativeHistograms(String metricName) {
    return about("vector contains a mix of classic and native histograms", metricName);
  }

  public static String mixedExponentialCustomHistograms(String metricName) {
    return "vector contains a mix of histograms with exponential and custom buckets schemas for"
        + " metric name "
        + SeriesText.quote(metricName);
  }

  public static String nativeHistogramNotCounter(String metricName) {
    return "this native histogram metric is not a counter: " + SeriesText.quote(metricName);
  }

  public static String nativeHistogramNotGauge(String metricName) {
    return "this native histogram metric is not a gauge: " + SeriesText.quote(metricName);
  }

  public static String possibleNonCounter(String metricName) {
    return "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
        + SeriesText.quote(metricName);
  }

  public static String histogramQuantileForcedMonotonicity(String metricName) {
    return about(
        "input to histogram_quantile needed to be fixed for monotonicity (see"
            + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
        metricName);
  }

  public static String quantileIsNan(String metricName) {
    return about("input to histogram_quantile has NaN observations, result is NaN", metricName);
  }

  public static String quantileIsSkewed(String metricName) {
    return about(
        "input to histogram_quantile has NaN observations, result is skewed higher", metricName);
  }

  public static String fractionExcludesNans(String metricName) {
    return about(
        "input to histogram_fraction has NaN observations, which are excluded from all fractions",
        metricName);
  }

  /**
   * @param left {@code float} or {@code histogram}
   * @param right the same
   */
  public static String incompatibleTypesInBinaryOp(String left, String operator, String right) {
    return "incompatible sample types encountered for binary operator "
        + SeriesText.quote(operator)
        + ": "
        + left
        + " "
        + operator
        + " "
        + right;
  }

  public static String incompatibleBucketLayoutInBinaryOp(String operator) {
    return "incompatible bucket layout encountered for binary operator " + operator;
  }

  public static String histogramIgnoredInAggregation(String aggregation) {
    return "ignored histogram in " + aggregation + " aggregation";
  }

  public static String histogramIgnoredInMixedRange(String metricName) {
    return "ignored histograms in a range containing both floats and histograms for metric name "
        + SeriesText.quote(metricName);
  }

  /**
   * @param operation {@code aggregation}, {@code addition} or {@code subtraction}
   */
  public static String counterResetCollision(String operation) {
    return "conflicting counter resets during histogram " + operation;
  }

  /** For the same operations. */
  public static String mismatchedCustomBuckets(String operation) {
    return "mismatched custom buckets were reconciled during " + operation;
  }

  public static String ineffectiveSort() {
    return "sort is ineffective for range queries since results are always ordered by labels";
  }
}
