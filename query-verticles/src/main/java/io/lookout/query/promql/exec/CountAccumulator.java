package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;

/** {@code count}, and {@code group}, which says no more than that there is one. */
final class CountAccumulator implements Accumulator {
  private final int[] count;
  private final boolean group;

  CountAccumulator(AggregationContext context, boolean group) {
    this.count = new int[context.steps()];
    this.group = group;
  }

  @Override
  public void add(SeriesSteps series) {
    double[] values = series.values;
    for (int i = 0; i < values.length; i++) {
      if (!SeriesSteps.isAbsent(values[i])) {
        count[i]++;
      }
    }
  }

  @Override
  public void merge(Accumulator later) {
    CountAccumulator other = (CountAccumulator) later;
    for (int i = 0; i < count.length; i++) {
      count[i] += other.count[i];
    }
  }

  @Override
  public void results(Labels labels, boolean dropName, List<SeriesSteps> out) {
    SeriesSteps result = SeriesSteps.absent(labels, dropName, count.length);
    for (int i = 0; i < count.length; i++) {
      if (count[i] > 0) {
        result.values[i] = group ? 1 : count[i];
      }
    }
    out.add(result);
  }
}
