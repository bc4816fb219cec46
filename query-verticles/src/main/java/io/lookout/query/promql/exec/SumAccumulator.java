package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.KahanSum;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sum}. */
final class SumAccumulator implements Accumulator {
  private final AggregationContext context;
  private final double[] sum;
  private final double[] lost;
  private final boolean[] seen;
  private @Nullable HistogramSums histograms;

  SumAccumulator(AggregationContext context) {
    this.context = context;
    sum = new double[context.steps()];
    lost = new double[context.steps()];
    seen = new boolean[context.steps()];
  }

  @Override
  public void add(SeriesSteps series) {
    if (series.histograms != null) {
      addMixed(series);
      return;
    }
    double[] values = series.values;
    for (int i = 0; i < values.length; i++) {
      if (!SeriesSteps.isAbsent(values[i])) {
        addFloat(i, values[i]);
      }
    }
  }

  /** A float after histograms that do not fit together is passed over, as they are. */
  private void addFloat(int i, double value) {
    if (histograms == null || seen[i] || !histograms.isLost(i)) {
      add(i, value);
    }
  }

  private void add(int i, double value) {
    double next = sum[i] + value;
    lost[i] = KahanSum.lost(value, sum[i], next, lost[i]);
    sum[i] = next;
    seen[i] = true;
  }

  private void addMixed(SeriesSteps series) {
    HistogramSums sums = histograms();
    for (int i = 0; i < series.size(); i++) {
      if (series.histogram(i) != null) {
        if (seen[i] && !sums.has(i)) {
          sums.addToFloats(i);
        } else {
          sums.add(i, series);
        }
      } else if (series.present(i)) {
        addFloat(i, series.values[i]);
      }
    }
  }

  private HistogramSums histograms() {
    HistogramSums sums = histograms;
    if (sums == null) {
      sums = new HistogramSums(context, false);
      histograms = sums;
    }
    return sums;
  }

  @Override
  public void merge(Accumulator later) {
    SumAccumulator other = (SumAccumulator) later;
    for (int i = 0; i < sum.length; i++) {
      if (other.seen[i]) {
        add(i, other.sum[i]);
        if (!Double.isInfinite(sum[i])) {
          lost[i] += other.lost[i];
        }
      }
    }
    if (other.histograms != null) {
      histograms().merge(other.histograms);
    }
  }

  @Override
  public void results(Labels labels, boolean dropName, List<SeriesSteps> out) {
    SeriesSteps result = SeriesSteps.absent(labels, dropName, sum.length);
    for (int i = 0; i < sum.length; i++) {
      boolean hasHistogram = histograms != null && histograms.has(i);
      if (seen[i] && hasHistogram) {
        context.warn(AnnotationText.mixedFloatsHistogramsInAggregation());
      } else if (seen[i]) {
        result.values[i] = KahanSum.total(sum[i], lost[i]);
      } else if (histograms != null && hasHistogram) {
        histograms.put(i, result);
      }
    }
    out.add(result);
  }
}
