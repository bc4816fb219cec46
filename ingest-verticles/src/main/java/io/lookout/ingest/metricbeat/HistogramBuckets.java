package io.lookout.ingest.metricbeat;

import java.util.List;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A histogram as Metricbeat sends it: middles of buckets, and by how much each bucket grew in the
 * last period. The edges follow from the middles, because the first bucket begins at 0; the last
 * stands for everything above the one before it:
 *
 * <pre>
 *   values  0.5  1.5  2.5  4   5        le  1  2  3  5  +Inf
 *   counts   3    0    1   2   1            3  3  4  6   7
 * </pre>
 */
record HistogramBuckets(List<Event.Numbers> parts) {
  private static final String VALUES = "values";
  private static final String COUNTS = "counts";

  static boolean isPart(Field list) {
    return list.rule.measured() && (list.last().equals(VALUES) || list.last().equals(COUNTS));
  }

  /** What is told of a histogram. */
  interface Listener {
    /**
     * @param of the field that holds values and counts
     * @param upperEdges one for each count, the last one infinite; empty where they do not ascend
     * @param counts each with those before it
     */
    void histogram(Field of, double[] upperEdges, double[] counts, double sum);
  }

  /** Finds the pairs of lists; what has no partner is told to the other listener. */
  void each(Listener listener, ObjDoubleConsumer<Field> unpaired) {
    for (Event.Numbers values : parts) {
      Field of = values.field().parent;
      Event.@Nullable Numbers counts =
          values.field().last().equals(VALUES) ? partner(values) : null;
      if (of != null && counts != null) {
        tell(of, values.values(), counts.values(), listener);
      } else if (values.field().last().equals(VALUES)) {
        unpaired.accept(values.field(), values.values().length);
      }
    }
  }

  private Event.@Nullable Numbers partner(Event.Numbers values) {
    for (Event.Numbers each : parts) {
      if (each.field().parent == values.field().parent
          && each.field().last().equals(COUNTS)
          && each.values().length == values.values().length) {
        return each;
      }
    }
    return null;
  }

  private static void tell(Field of, double[] values, double[] counts, Listener listener) {
    int n = values.length;
    double[] edges = new double[n];
    double[] cumulative = new double[n];
    double edge = 0;
    double total = 0;
    double sum = 0;
    boolean ascending = true;
    for (int i = 0; i < n; i++) {
      double next = 2 * values[i] - edge;
      ascending &= i == n - 1 || next > edge;
      edge = next;
      edges[i] = i == n - 1 ? Double.POSITIVE_INFINITY : edge;
      total += counts[i];
      cumulative[i] = total;
      sum += values[i] * counts[i];
    }
    listener.histogram(of, ascending ? edges : new double[0], cumulative, sum);
  }
}
