package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * {@code topk} and {@code bottomk}: at each step the k series of the largest or smallest floats,
 * NaN only where there is nothing else. Of equal values the earlier labels win. Keeps no more than
 * those series.
 */
final class TopAccumulator implements Accumulator {
  private final AggregationContext context;
  private final boolean top;
  private final @Nullable PriorityQueue<SeriesSteps>[] best;

  TopAccumulator(AggregationContext context, boolean top) {
    this.context = context;
    this.top = top;
    this.best = queues(context.steps());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable PriorityQueue<SeriesSteps>[] queues(int steps) {
    return new PriorityQueue[steps];
  }

  @Override
  public void add(SeriesSteps series) {
    for (int i = 0; i < series.size(); i++) {
      if (!series.present(i) || count(i) < 1) {
        continue;
      }
      if (series.histogram(i) != null) {
        context.histogramIgnored();
      } else {
        offer(i, series);
      }
    }
  }

  private int count(int step) {
    return Parameters.count(context.parameter()[step]);
  }

  private void offer(int step, SeriesSteps series) {
    int k = count(step);
    PriorityQueue<SeriesSteps> queue = best[step];
    if (queue == null) {
      queue = new PriorityQueue<>(worstFirst(step));
      best[step] = queue;
    }
    if (queue.size() < k) {
      queue.add(series);
    } else if (precedes(step, series, queue.element())) {
      queue.remove();
      queue.add(series);
    }
  }

  private boolean precedes(int step, SeriesSteps series, SeriesSteps other) {
    double x = series.values[step];
    double y = other.values[step];
    return isBetter(x, y)
        || (!isBetter(y, x) && Labels.ORDER.compare(series.labels(), other.labels()) < 0);
  }

  private boolean isBetter(double value, double than) {
    return Double.isNaN(than) ? !Double.isNaN(value) : top ? value > than : value < than;
  }

  private Comparator<SeriesSteps> worstFirst(int step) {
    return (a, b) -> {
      double x = a.values[step];
      double y = b.values[step];
      if (isBetter(x, y)) {
        return 1;
      }
      return isBetter(y, x) ? -1 : Labels.ORDER.compare(b.labels(), a.labels());
    };
  }

  @Override
  public void merge(Accumulator later) {
    TopAccumulator other = (TopAccumulator) later;
    for (int i = 0; i < best.length; i++) {
      PriorityQueue<SeriesSteps> queue = other.best[i];
      if (queue != null) {
        for (SeriesSteps series : queue) {
          offer(i, series);
        }
      }
    }
  }

  @Override
  public void results(Labels labels, boolean dropName, List<SeriesSteps> out) {
    Map<SeriesSteps, SeriesSteps> results = new LinkedHashMap<>();
    for (int i = 0; i < best.length; i++) {
      PriorityQueue<SeriesSteps> queue = best[i];
      if (queue == null) {
        continue;
      }
      List<SeriesSteps> ranked = new ArrayList<>(queue);
      ranked.sort(Collections.reverseOrder(worstFirst(i)));
      for (SeriesSteps series : ranked) {
        results.computeIfAbsent(series, TopAccumulator::empty).values[i] = series.values[i];
      }
    }
    out.addAll(results.values());
  }

  private static SeriesSteps empty(SeriesSteps like) {
    double[] values = new double[like.size()];
    Arrays.fill(values, SeriesSteps.ABSENT);
    return new SeriesSteps(like.labels(), like.dropName(), values, null);
  }
}
