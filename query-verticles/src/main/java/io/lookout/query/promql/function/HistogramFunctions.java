package io.lookout.query.promql.function;

import io.lookout.model.histogram.HistogramSpread;
import io.lookout.model.histogram.NativeHistogram;
import java.util.function.ToDoubleFunction;

/** Numbers out of native histograms. Floats have no result. */
final class HistogramFunctions {
  private HistogramFunctions() {}

  static void register(Functions.Registry registry) {
    registry
        .sample("histogram_count", of(NativeHistogram::count))
        .sample("histogram_sum", of(NativeHistogram::sum))
        .sample("histogram_avg", of(h -> h.sum() / h.count()))
        .sample("histogram_stdvar", of(HistogramSpread::variance))
        .sample("histogram_stddev", of(h -> Math.sqrt(HistogramSpread.variance(h))));
  }

  private static SampleFunction of(ToDoubleFunction<NativeHistogram> function) {
    return point -> {
      NativeHistogram histogram = point.histogram;
      return histogram == null ? Point.ABSENT : function.applyAsDouble(histogram);
    };
  }
}
