package io.lookout.query.opentsdb;

import io.lookout.model.LookoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How values become one: those of the series of a group at a time, and those of a series in an
 * interval.
 *
 * @param fold over {@code values[0..n)}, of which there is at least one and none is NaN
 */
record Aggregator(String name, Missing missing, Fold fold) {
  /** What a series counts for at a time between two of its points. */
  enum Missing {
    /** The straight line between them. */
    INTERPOLATED,
    /** Zero. */
    ZERO,
    /** Nothing. */
    LEFT_OUT
  }

  /** Makes one of many; may change their order. */
  interface Fold {
    double of(double[] values, int n);
  }

  /** Not a function: series stay as they are. */
  static final String NONE = "none";

  private static final int[] PERCENTILES = {50, 75, 90, 95, 99};

  private static final List<Aggregator> ALL = all();

  private static List<Aggregator> all() {
    List<Aggregator> all = new ArrayList<>();
    all.add(of("avg", Missing.INTERPOLATED, (values, n) -> sum(values, n) / n));
    all.add(of("count", Missing.LEFT_OUT, (values, n) -> n));
    all.add(of("dev", Missing.INTERPOLATED, Aggregator::deviation));
    all.add(of("diff", Missing.INTERPOLATED, (values, n) -> max(values, n) - min(values, n)));
    all.add(of("first", Missing.LEFT_OUT, (values, n) -> values[0]));
    all.add(of("last", Missing.LEFT_OUT, (values, n) -> values[n - 1]));
    all.add(of("max", Missing.INTERPOLATED, Aggregator::max));
    all.add(of("median", Missing.INTERPOLATED, Aggregator::median));
    all.add(of("mimmax", Missing.LEFT_OUT, Aggregator::max));
    all.add(of("mimmin", Missing.LEFT_OUT, Aggregator::min));
    all.add(of("min", Missing.INTERPOLATED, Aggregator::min));
    all.add(of("mult", Missing.INTERPOLATED, Aggregator::product));
    all.add(of(NONE, Missing.LEFT_OUT, (values, n) -> values[n - 1]));
    all.add(of("squareSum", Missing.ZERO, Aggregator::squares));
    all.add(of("sum", Missing.INTERPOLATED, Aggregator::sum));
    all.add(of("zimsum", Missing.ZERO, Aggregator::sum));
    for (int each : PERCENTILES) {
      all.add(percentile("p" + each, each / 100.0));
    }
    all.add(percentile("p999", 0.999));
    return List.copyOf(all);
  }

  private static Aggregator of(String name, Missing missing, Fold fold) {
    return new Aggregator(name, missing, fold);
  }

  private static Aggregator percentile(String name, double p) {
    return of(name, Missing.INTERPOLATED, (values, n) -> percentile(values, n, p));
  }

  static List<String> names() {
    return ALL.stream().map(Aggregator::name).sorted().toList();
  }

  /**
   * @throws LookoutException {@code BAD_DATA} for a name that is none
   */
  static Aggregator named(String name) {
    String wanted = name.equals("multiply") ? "mult" : name;
    for (Aggregator each : ALL) {
      if (each.name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))) {
        return each;
      }
    }
    throw Bad.request("No such aggregation function: " + name);
  }

  boolean isNone() {
    return name.equals(NONE);
  }

  private static double sum(double[] values, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static double squares(double[] values, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += values[i] * values[i];
    }
    return sum;
  }

  private static double product(double[] values, int n) {
    double product = 1;
    for (int i = 0; i < n; i++) {
      product *= values[i];
    }
    return product;
  }

  private static double min(double[] values, int n) {
    double min = values[0];
    for (int i = 1; i < n; i++) {
      min = Math.min(min, values[i]);
    }
    return min;
  }

  private static double max(double[] values, int n) {
    double max = values[0];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }

  /** Of a sample, by Welford's recurrence; zero of a single value. */
  private static double deviation(double[] values, int n) {
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double delta = values[i] - mean;
      mean += delta / (i + 1);
      squares += delta * (values[i] - mean);
    }
    return n < 2 ? 0 : Math.sqrt(squares / (n - 1));
  }

  /** The upper one of the middle where there are two. */
  private static double median(double[] values, int n) {
    Arrays.sort(values, 0, n);
    return values[n / 2];
  }

  /** Position p (n + 1) of the sorted values, between two of them on a straight line. */
  private static double percentile(double[] values, int n, double p) {
    Arrays.sort(values, 0, n);
    double position = p * (n + 1);
    int below = (int) Math.floor(position);
    if (below < 1) {
      return values[0];
    } else if (below >= n) {
      return values[n - 1];
    }
    return values[below - 1] + (position - below) * (values[below] - values[below - 1]);
  }
}
