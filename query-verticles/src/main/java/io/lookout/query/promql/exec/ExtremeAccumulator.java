package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;

/** {@code min} and {@code max}: NaN only where there is nothing else. */
final class ExtremeAccumulator implements Accumulator {
  private final AggregationContext context;
  private final double[] extreme;
  private final boolean max;

  ExtremeAccumulator(AggregationContext context, boolean max) {
    this.context = context;
    this.extreme = SeriesSteps.absentValues(context.steps());
    this.max = max;
  }

  @Override
  public void add(SeriesSteps series) {
    double[] values = series.values;
    for (int i = 0; i < values.length; i++) {
      if (SeriesSteps.isAbsent(values[i])) {
        continue;
      }
      if (series.histogram(i) != null) {
        context.histogramIgnored();
      } else {
        add(i, values[i]);
      }
    }
  }

  /** An absent entry is a NaN too, and so replaced by whatever comes. */
  private void add(int i, double value) {
    double current = extreme[i];
    if (Double.isNaN(current) || (max ? value > current : value < current)) {
      extreme[i] = value;
    }
  }

  @Override
  public void merge(Accumulator later) {
    ExtremeAccumulator other = (ExtremeAccumulator) later;
    for (int i = 0; i < extreme.length; i++) {
      if (!SeriesSteps.isAbsent(other.extreme[i])) {
        add(i, other.extreme[i]);
      }
    }
  }

  @Override
  public void results(Labels labels, boolean dropName, List<SeriesSteps> out) {
    out.add(new SeriesSteps(labels, dropName, extreme, null));
  }
}
