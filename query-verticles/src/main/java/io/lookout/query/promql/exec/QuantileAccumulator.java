package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.Quantile;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.Arrays;
import java.util.List;

/** {@code quantile}: needs all values of a group. */
final class QuantileAccumulator implements Accumulator {
  private static final double[] NONE = {};

  private final AggregationContext context;
  private final double[][] values;
  private final int[] count;

  QuantileAccumulator(AggregationContext context) {
    this.context = context;
    values = new double[context.steps()][];
    Arrays.fill(values, NONE);
    count = new int[context.steps()];
  }

  @Override
  public void add(SeriesSteps series) {
    for (int i = 0; i < series.size(); i++) {
      if (!series.present(i)) {
        continue;
      }
      if (series.histogram(i) != null) {
        context.histogramIgnored();
      } else {
        reserve(i, 1);
        values[i][count[i]++] = series.values[i];
      }
    }
  }

  private void reserve(int i, int more) {
    int needed = count[i] + more;
    if (needed > values[i].length) {
      values[i] = Arrays.copyOf(values[i], Math.max(needed, values[i].length * 2));
    }
  }

  @Override
  public void merge(Accumulator later) {
    QuantileAccumulator other = (QuantileAccumulator) later;
    for (int i = 0; i < count.length; i++) {
      reserve(i, other.count[i]);
      System.arraycopy(other.values[i], 0, values[i], count[i], other.count[i]);
      count[i] += other.count[i];
    }
  }

  @Override
  public void results(Labels labels, boolean dropName, List<SeriesSteps> out) {
    SeriesSteps result = SeriesSteps.absent(labels, dropName, count.length);
    for (int i = 0; i < count.length; i++) {
      if (count[i] > 0) {
        result.values[i] = Quantile.of(context.parameter()[i], values[i], count[i]);
      }
    }
    out.add(result);
  }
}
