package io.lookout.query.promql.exec;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import org.jspecify.annotations.Nullable;

/** A binary operator between each series and a scalar. */
@SuppressWarnings("ArrayRecordComponent") // Columns; never compared.
record VectorScalarStream(
    SeriesStream inner, double[] scalar, boolean scalarIsLeft, SampleBinary operator)
    implements MappedStream {
  @Override
  public boolean dropName(int series) {
    return operator.dropsName() || inner.dropName(series);
  }

  @Override
  public Mapping mapping() {
    SampleBinary own = operator.forAnotherThread();
    return series -> apply(own, series);
  }

  private @Nullable SeriesSteps apply(SampleBinary own, SeriesSteps series) {
    boolean drop = operator.dropsName() || series.dropName();
    SeriesSteps result = SeriesSteps.absent(series.labels(), drop, series.size());
    boolean any = false;
    for (int i = 0; i < series.size(); i++) {
      if (!series.present(i)) {
        continue;
      }
      NativeHistogram histogram = series.histogram(i);
      double value =
          scalarIsLeft
              ? own.apply(scalar[i], null, series.values[i], histogram, true)
              : own.apply(series.values[i], histogram, scalar[i], null, false);
      any |= put(own, result, i, value);
    }
    return any ? result : null;
  }

  private static boolean put(SampleBinary own, SeriesSteps result, int i, double value) {
    NativeHistogram histogram = own.takeHistogram();
    if (SeriesSteps.isAbsent(value)) {
      return false;
    }
    if (histogram == null) {
      result.values[i] = value;
    } else {
      result.set(i, histogram);
    }
    return true;
  }
}
