package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.KahanSum;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code avg}: sum by count; where the sum would overflow, from there on a mean that is moved by
 * each value. Histograms are averaged from their series, which are kept for that.
 */
final class MeanAccumulator implements Accumulator {
  private final AggregationContext context;
  private final double[] sum;
  private final double[] lost;
  private final double[] count;
  private final boolean[] incremental;
  private @Nullable HistogramSums histograms;
  private final List<SeriesSteps> withHistograms = new ArrayList<>();

  MeanAccumulator(AggregationContext context) {
    this.context = context;
    sum = new double[context.steps()];
    lost = new double[context.steps()];
    count = new double[context.steps()];
    incremental = new boolean[context.steps()];
  }

  @Override
  public void add(SeriesSteps series) {
    if (series.histograms != null) {
      withHistograms.add(series);
    }
    double[] values = series.values;
    for (int i = 0; i < values.length; i++) {
      if (!SeriesSteps.isAbsent(values[i]) && series.histogram(i) == null) {
        add(i, values[i], 0, 1);
      }
    }
  }

  /** Takes a number of values: their sum, and what rounding lost of it. */
  private void add(int i, double values, double lostOfThem, double number) {
    double before = count[i];
    count[i] += number;
    if (!incremental[i]) {
      double next = sum[i] + values;
      if (!Double.isInfinite(next) || before == 0) {
        lost[i] = KahanSum.lost(values, sum[i], next, lost[i]) + lostOfThem;
        sum[i] = next;
        return;
      }
      incremental[i] = true;
      sum[i] /= before;
      lost[i] /= before;
    }
    double kept = before / count[i];
    double mean = kept * sum[i];
    double share = values / count[i];
    double next = mean + share;
    lost[i] = KahanSum.lost(share, mean, next, kept * lost[i]) + lostOfThem / count[i];
    sum[i] = next;
  }

  @Override
  public void merge(Accumulator later) {
    MeanAccumulator other = (MeanAccumulator) later;
    for (int i = 0; i < sum.length; i++) {
      if (other.count[i] > 0) {
        mergeStep(i, other);
      }
    }
    withHistograms.addAll(other.withHistograms);
  }

  private void mergeStep(int i, MeanAccumulator other) {
    if (!other.incremental[i]) {
      add(i, other.sum[i], other.lost[i], other.count[i]);
      return;
    }
    double total = count[i] + other.count[i];
    double mean = count[i] == 0 ? 0 : incremental[i] ? sum[i] : sum[i] / count[i];
    double share = count[i] / total;
    sum[i] = mean * share + other.sum[i] * (other.count[i] / total);
    lost[i] = other.lost[i] * (other.count[i] / total);
    count[i] = total;
    incremental[i] = true;
  }

  private void averageHistograms() {
    HistogramSums sums = new HistogramSums(context, true);
    for (SeriesSteps series : withHistograms) {
      for (int i = 0; i < series.size(); i++) {
        if (series.histogram(i) != null) {
          sums.add(i, series);
        }
      }
    }
    histograms = sums;
  }

  @Override
  public void results(Labels labels, boolean dropName, List<SeriesSteps> out) {
    if (!withHistograms.isEmpty()) {
      averageHistograms();
    }
    SeriesSteps result = SeriesSteps.absent(labels, dropName, sum.length);
    for (int i = 0; i < sum.length; i++) {
      boolean hasHistogram = histograms != null && histograms.has(i);
      if (count[i] > 0 && hasHistogram) {
        context.warn(AnnotationText.mixedFloatsHistogramsInAggregation());
      } else if (count[i] > 0) {
        result.values[i] =
            incremental[i] ? sum[i] + lost[i] : sum[i] / count[i] + lost[i] / count[i];
      } else if (histograms != null && hasHistogram) {
        histograms.put(i, result);
      }
    }
    out.add(result);
  }
}
