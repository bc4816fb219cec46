package io.lookout.query.promql.exec;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What was evaluated for one step, at all steps. */
record RepeatStream(SeriesStream inner, int steps) implements MappedStream {
  @Override
  public Mapping mapping() {
    return this::repeat;
  }

  private SeriesSteps repeat(SeriesSteps series) {
    double[] values = new double[steps];
    Arrays.fill(values, series.values[0]);
    NativeHistogram histogram = series.histogram(0);
    @Nullable NativeHistogram[] histograms = null;
    if (histogram != null) {
      histograms = new NativeHistogram[steps];
      Arrays.fill(histograms, histogram);
    }
    return new SeriesSteps(series.labels(), series.dropName(), values, histograms);
  }
}
