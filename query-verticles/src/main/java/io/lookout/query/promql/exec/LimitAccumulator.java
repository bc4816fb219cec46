package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.List;

/** {@code limitk}: at each step the first k series that have a sample. */
final class LimitAccumulator implements Accumulator {
  private final AggregationContext context;
  private final int[] taken;
  private final List<SeriesSteps> results = new ArrayList<>();

  LimitAccumulator(AggregationContext context) {
    this.context = context;
    this.taken = new int[context.steps()];
  }

  @Override
  public void add(SeriesSteps series) {
    SeriesSteps result = null;
    for (int i = 0; i < series.size(); i++) {
      if (!series.present(i) || taken[i] >= Parameters.count(context.parameter()[i])) {
        continue;
      }
      taken[i]++;
      result =
          result == null
              ? SeriesSteps.absent(series.labels(), series.dropName(), series.size())
              : result;
      NativeHistogram histogram = series.histogram(i);
      if (histogram == null) {
        result.values[i] = series.values[i];
      } else {
        result.set(i, histogram);
      }
    }
    if (result != null) {
      results.add(result);
    }
  }

  @Override
  public void merge(Accumulator later) {
    ((LimitAccumulator) later).results.forEach(this::add);
  }

  @Override
  public void results(Labels labels, boolean dropName, List<SeriesSteps> out) {
    out.addAll(results);
  }
}
