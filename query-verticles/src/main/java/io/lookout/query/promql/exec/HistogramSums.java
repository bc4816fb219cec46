package io.lookout.query.promql.exec;

import io.lookout.model.histogram.HistogramMean;
import io.lookout.model.histogram.HistogramSum;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.AnnotationText;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sum or the average of histograms at each step. */
final class HistogramSums {
  private final AggregationContext context;
  private final boolean average;
  private final @Nullable HistogramSum[] sums;
  private final @Nullable HistogramMean[] means;
  private final boolean[] incompatible;
  private final int[] count;

  /**
   * The metric that came first at each step: where parts are merged, it is the one that misfits.
   */
  private final @Nullable String[] firstName;

  HistogramSums(AggregationContext context, boolean average) {
    this.context = context;
    this.average = average;
    sums = new HistogramSum[average ? 0 : context.steps()];
    means = new HistogramMean[average ? context.steps() : 0];
    incompatible = new boolean[context.steps()];
    count = new int[context.steps()];
    firstName = new String[context.steps()];
  }

  boolean has(int step) {
    return count[step] > 0;
  }

  void add(int step, SeriesSteps series) {
    add(step, Objects.requireNonNull(series.histogram(step)), series.labels().metricName());
  }

  /** Notes that there is a histogram at a step which is lost already, to a float before it. */
  void addToFloats(int step) {
    count[step]++;
    incompatible[step] = true;
  }

  /** Whether what comes next at a step cannot change anything. */
  boolean isLost(int step) {
    return incompatible[step];
  }

  private void add(int step, NativeHistogram histogram, String metricName) {
    if (incompatible[step]) {
      return;
    }
    boolean first = count[step]++ == 0;
    if (first) {
      firstName[step] = metricName;
    }
    if (!(average ? addMean(step, first, histogram) : addSum(step, first, histogram))) {
      misfit(step, metricName);
    }
  }

  private void misfit(int step, @Nullable String metricName) {
    incompatible[step] = true;
    context.warn(
        AnnotationText.mixedExponentialCustomHistograms(Objects.requireNonNull(metricName)));
  }

  private boolean addSum(int step, boolean first, NativeHistogram histogram) {
    HistogramSum sum = first ? null : sums[step];
    if (sum == null) {
      sums[step] = new HistogramSum(histogram);
      return true;
    }
    if (!sum.accepts(histogram)) {
      return false;
    }
    sum.add(histogram);
    return true;
  }

  private boolean addMean(int step, boolean first, NativeHistogram histogram) {
    HistogramMean mean = first ? null : means[step];
    if (mean == null) {
      means[step] = new HistogramMean(histogram);
      return true;
    }
    if (!mean.accepts(histogram)) {
      return false;
    }
    mean.add(histogram);
    return true;
  }

  void merge(HistogramSums later) {
    for (int i = 0; i < count.length; i++) {
      if (later.incompatible[i]) {
        incompatible[i] = true;
        count[i] += later.count[i];
      } else if (later.count[i] > 0) {
        mergeStep(i, later);
      }
    }
  }

  private void mergeStep(int i, HistogramSums later) {
    HistogramSum sum = average ? null : sums[i];
    HistogramSum other = average ? null : later.sums[i];
    if (incompatible[i] || other == null) {
      return;
    }
    count[i] += later.count[i];
    if (sum == null) {
      sums[i] = other;
      firstName[i] = later.firstName[i];
    } else if (sum.accepts(other)) {
      sum.add(other);
    } else {
      misfit(i, later.firstName[i]);
    }
  }

  private void note(int i) {
    HistogramSum sum = average ? null : sums[i];
    HistogramMean mean = average ? means[i] : null;
    boolean conflict = sum != null ? sum.resetsConflict() : mean != null && mean.resetsConflict();
    boolean reconciled =
        sum != null ? sum.boundsReconciled() : mean != null && mean.boundsReconciled();
    if (conflict) {
      context.warn(AnnotationText.counterResetCollision("aggregation"));
    }
    if (reconciled) {
      context.info(AnnotationText.mismatchedCustomBuckets("aggregation"));
    }
  }

  void put(int step, SeriesSteps result) {
    if (incompatible[step]) {
      return;
    }
    note(step);
    HistogramSum sum = average ? null : sums[step];
    HistogramMean mean = average ? means[step] : null;
    if (sum != null) {
      result.set(step, sum.result());
    } else if (mean != null) {
      result.set(step, mean.result());
    }
  }
}
