package io.lookout.query.promql.exec;

import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.function.CallSite;
import io.lookout.query.promql.function.Point;
import io.lookout.query.promql.function.SampleFunction;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import org.jspecify.annotations.Nullable;

/** A function of single samples over each series. */
@SuppressWarnings("ArrayRecordComponent") // Columns; never compared.
record SampleCallStream(
    SeriesStream inner, SampleFunction function, CallSite site, Steps steps, double[][] columns)
    implements MappedStream {
  @Override
  public boolean dropName(int series) {
    return true;
  }

  @Override
  public Mapping mapping() {
    Point point = new Point(site);
    double[] parameters = new double[columns.length];
    point.parameters(parameters);
    return series -> apply(series, point, parameters);
  }

  private @Nullable SeriesSteps apply(SeriesSteps series, Point point, double[] parameters) {
    SeriesSteps result = SeriesSteps.absent(series.labels(), true, series.size());
    point.labels = series.labels();
    boolean any = false;
    for (int step = 0; step < series.size(); step++) {
      if (!series.present(step)) {
        continue;
      }
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = columns[i][step];
      }
      point.value = series.values[step];
      point.histogram = series.histogram(step);
      point.time = steps.at(step);
      any |= put(result, step, function.apply(point), point);
    }
    return any ? result : null;
  }

  private static boolean put(SeriesSteps result, int step, double value, Point point) {
    NativeHistogram histogram = point.takeHistogram();
    if (SeriesSteps.isAbsent(value)) {
      return false;
    }
    if (histogram == null) {
      result.values[step] = value;
    } else {
      result.set(step, histogram);
    }
    return true;
  }
}
