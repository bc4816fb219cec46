package io.lookout.query.promql.exec;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;

/** {@code -v}. */
record NegateStream(SeriesStream inner) implements MappedStream {
  @Override
  public boolean dropName(int series) {
    return true;
  }

  @Override
  public Mapping mapping() {
    return NegateStream::negate;
  }

  private static SeriesSteps negate(SeriesSteps series) {
    SeriesSteps negated = SeriesSteps.absent(series.labels(), true, series.size());
    for (int i = 0; i < series.size(); i++) {
      NativeHistogram histogram = series.histogram(i);
      if (histogram != null) {
        negated.set(i, HistogramValues.scaled(histogram, -1));
      } else if (series.present(i)) {
        negated.values[i] = -series.values[i];
      }
    }
    return negated;
  }
}
