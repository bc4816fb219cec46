package io.lookout.query.promql.exec;

import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.Arrays;
import java.util.List;

/** {@code scalar(v)}: the value of the one series that has a float at a step; else NaN. */
final class SingleValues {
  private SingleValues() {}

  static double[] of(List<SeriesSteps> series, Steps steps) {
    double[] values = new double[steps.count()];
    int[] floats = new int[values.length];
    Arrays.fill(values, Double.NaN);
    for (SeriesSteps each : series) {
      for (int i = 0; i < values.length; i++) {
        if (each.present(i) && each.histogram(i) == null) {
          values[i] = ++floats[i] == 1 ? each.values[i] : Double.NaN;
        }
      }
    }
    return values;
  }
}
