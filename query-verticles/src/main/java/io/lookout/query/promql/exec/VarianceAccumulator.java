package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;

/** {@code stdvar} and {@code stddev}: Welford's method; parts are merged by Chan's. */
final class VarianceAccumulator implements Accumulator {
  private final AggregationContext context;
  private final boolean root;
  private final double[] count;
  private final double[] mean;
  private final double[] squares;

  VarianceAccumulator(AggregationContext context, boolean root) {
    this.context = context;
    this.root = root;
    count = new double[context.steps()];
    mean = new double[context.steps()];
    squares = new double[context.steps()];
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

  private void add(int i, double value) {
    if (count[i]++ == 0) {
      mean[i] = value;
      squares[i] = Double.isFinite(value) ? 0 : Double.NaN;
      return;
    }
    double delta = value - mean[i];
    mean[i] += delta / count[i];
    squares[i] += delta * (value - mean[i]);
  }

  @Override
  public void merge(Accumulator later) {
    VarianceAccumulator other = (VarianceAccumulator) later;
    for (int i = 0; i < count.length; i++) {
      if (other.count[i] > 0) {
        merge(i, other);
      }
    }
  }

  private void merge(int i, VarianceAccumulator other) {
    double total = count[i] + other.count[i];
    double delta = count[i] == 0 ? 0 : other.mean[i] - mean[i];
    squares[i] += other.squares[i] + delta * delta * (count[i] * other.count[i] / total);
    mean[i] = count[i] == 0 ? other.mean[i] : mean[i] + delta * (other.count[i] / total);
    count[i] = total;
  }

  @Override
  public void results(Labels labels, boolean dropName, List<SeriesSteps> out) {
    SeriesSteps result = SeriesSteps.absent(labels, dropName, count.length);
    for (int i = 0; i < count.length; i++) {
      if (count[i] > 0) {
        double variance = squares[i] / count[i];
        result.values[i] = root ? Math.sqrt(variance) : variance;
      }
    }
    out.add(result);
  }
}
