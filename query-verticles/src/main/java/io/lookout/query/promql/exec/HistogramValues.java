package io.lookout.query.promql.exec;

import io.lookout.model.histogram.HistogramArithmetic;
import io.lookout.model.histogram.NativeHistogram;

/** Histograms in operators that are mostly about floats. */
final class HistogramValues {
  private HistogramValues() {}

  static NativeHistogram scaled(NativeHistogram histogram, double factor) {
    return HistogramArithmetic.multiply(histogram, factor);
  }
}
