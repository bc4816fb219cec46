package io.lookout.app.differential;

import io.lookout.app.differential.NativeSeries.Kind;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Three hours of series of every kind that dashboards ask for: counters that reset, gauges that
 * wander and pause, series that go stale and come back, classic and native histograms, pods that
 * are replaced, values at the edges of what a double holds.
 *
 * <p>Samples are taken every 15 s, a little beside the full second, so that no sample lies exactly
 * on the edge of a range when a question is asked at full seconds: there, releases of Prometheus
 * differ.
 */
record DataSet(long start, long end, List<Series> series, List<NativeSeries> histograms) {
  static final long INTERVAL = 15_000;
  private static final int ROUNDS = 3 * 240;
  private static final double[] BOUNDS = {0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};

  /** A series and its value at each round; absent rounds have {@code present} false. */
  @SuppressWarnings("ArrayRecordComponent") // Columns, filled by the generator of the series.
  record Series(Labels labels, double[] values, boolean[] present) {
    static Series of(Labels labels) {
      return new Series(labels, new double[ROUNDS], new boolean[ROUNDS]);
    }

    void set(int round, double value) {
      values[round] = value;
      present[round] = true;
    }
  }

  static int rounds() {
    return ROUNDS;
  }

  long time(int round) {
    return start + round * INTERVAL + 357;
  }

  /** The data set of a seed, ending at a time in ms that is a multiple of the interval. */
  static DataSet of(long seed, long end) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Series> all = new ArrayList<>();
    for (String job : List.of("api", "db", "web")) {
      for (int host = 0; host < 3; host++) {
        String instance = job + "-" + host + ":9100";
        for (String code : List.of("200", "404", "500")) {
          all.add(counter(labels("diff_requests_total", job, instance, "code", code), random));
        }
        all.add(gauge(labels("diff_memory_bytes", job, instance, "kind", "rss"), random));
        all.add(flapping(labels("diff_up", job, instance, "zone", host == 0 ? "a" : "b"), random));
        all.add(constant(labels("diff_info", job, instance, "version", "v" + host), 1));
        histogram(all, job, instance, random);
      }
      all.add(floatsOfMixed(job, random));
    }
    pods(all, random);
    special(all);
    return new DataSet(end - ROUNDS * INTERVAL, end, all, natives(random));
  }

  /** Of several resolutions, and some with bounds of their own. */
  private static List<NativeSeries> natives(SplittableRandom random) {
    List<NativeSeries> all = new ArrayList<>();
    for (String job : List.of("api", "db", "web")) {
      for (int host = 0; host < 2; host++) {
        Labels labels = labels("diff_native", job, job + "-" + host + ":9100", "kind", "h");
        all.add(NativeSeries.of(labels, Kind.COUNTER, job.equals("db") ? 2 : host, random));
      }
      Labels custom = labels("diff_custom", job, "x", "kind", "c");
      all.add(NativeSeries.of(custom, Kind.COUNTER, -53, random));
      Labels gauge = labels("diff_native_gauge", job, job + "-0:9100", "kind", "g");
      all.add(NativeSeries.of(gauge, Kind.GAUGE, 1, random));
      Labels shifting = labels("diff_shifting", job, job + "-0:9100", "kind", "s");
      all.add(NativeSeries.of(shifting, Kind.SHIFTING, -53, random));
      all.add(NativeSeries.of(mixed(job), Kind.ALTERNATING, 1, random));
    }
    return all;
  }

  /** Floats in the odd stretches, histograms in the others. */
  private static Labels mixed(String job) {
    return labels("diff_mixed_total", job, job + "-0:9100", "kind", "m");
  }

  private static Series floatsOfMixed(String job, SplittableRandom random) {
    Series series = counter(mixed(job), random);
    for (int round = 0; round < ROUNDS; round++) {
      series.present[round] &= NativeSeries.isOdd(round);
    }
    return series;
  }

  private static Labels labels(
      String metric, String job, String instance, String name, String value) {
    return Labels.of("__name__", metric, "job", job, "instance", instance, name, value);
  }

  private static Series counter(Labels labels, SplittableRandom random) {
    Series series = Series.of(labels);
    double total = random.nextInt(1000);
    double speed = random.nextDouble() * 20;
    for (int round = 0; round < ROUNDS; round++) {
      total =
          random.nextInt(200) == 0
              ? random.nextInt(5)
              : total + Math.floor(speed * random.nextDouble() * 2);
      if (random.nextInt(50) != 0) {
        series.set(round, total);
      }
    }
    return series;
  }

  private static Series gauge(Labels labels, SplittableRandom random) {
    Series series = Series.of(labels);
    double value = 1e8 + random.nextDouble() * 1e9;
    int pause = 0;
    for (int round = 0; round < ROUNDS; round++) {
      value = Math.max(1e6, value + (random.nextDouble() - 0.5) * 1e7);
      pause = pause > 0 ? pause - 1 : random.nextInt(120) == 0 ? random.nextInt(40) : 0;
      if (pause == 0) {
        series.set(round, value);
      }
    }
    return series;
  }

  /** 0 or 1, with stretches that begin with a staleness marker. */
  private static Series flapping(Labels labels, SplittableRandom random) {
    Series series = Series.of(labels);
    int gone = 0;
    for (int round = 0; round < ROUNDS; round++) {
      if (gone > 0) {
        gone--;
      } else if (random.nextInt(80) == 0) {
        series.set(round, SampleColumns.STALE_NAN);
        gone = 1 + random.nextInt(30);
      } else {
        series.set(round, random.nextInt(10) == 0 ? 0 : 1);
      }
    }
    return series;
  }

  private static Series constant(Labels labels, double value) {
    Series series = Series.of(labels);
    for (int round = 0; round < ROUNDS; round++) {
      series.set(round, value);
    }
    return series;
  }

  private static void histogram(
      List<Series> all, String job, String instance, SplittableRandom random) {
    List<Series> buckets = new ArrayList<>();
    for (double bound : BOUNDS) {
      buckets.add(
          Series.of(labels("diff_latency_seconds_bucket", job, instance, "le", text(bound))));
    }
    Series infinite = Series.of(labels("diff_latency_seconds_bucket", job, instance, "le", "+Inf"));
    Labels family = Labels.of("job", job, "instance", instance);
    Series count =
        Series.of(family.toBuilder().set("__name__", "diff_latency_seconds_count").build());
    Series sum = Series.of(family.toBuilder().set("__name__", "diff_latency_seconds_sum").build());
    long[] counts = new long[BOUNDS.length];
    long total = 0;
    double seconds = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int request = random.nextInt(20); request > 0; request--) {
        double took = Math.exp(random.nextDouble() * 8 - 6);
        for (int i = 0; i < BOUNDS.length; i++) {
          counts[i] += took <= BOUNDS[i] ? 1 : 0;
        }
        total++;
        seconds += took;
      }
      for (int i = 0; i < BOUNDS.length; i++) {
        buckets.get(i).set(round, (double) counts[i]);
      }
      infinite.set(round, (double) total);
      count.set(round, (double) total);
      sum.set(round, seconds);
    }
    all.addAll(buckets);
    all.addAll(List.of(infinite, count, sum));
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  /** Pods that live for a while, one after the other, each ended by a staleness marker. */
  private static void pods(List<Series> all, SplittableRandom random) {
    for (int slot = 0; slot < 3; slot++) {
      int round = 0;
      for (int generation = 0; round < ROUNDS; generation++) {
        Labels labels =
            Labels.of(
                "__name__", "diff_pod_cpu", "pod", "pod-" + slot + "-" + generation, "job", "web");
        Series series = Series.of(labels);
        double total = 0;
        int until = Math.min(ROUNDS, round + 40 + random.nextInt(120));
        for (; round < until; round++) {
          series.set(round, total += random.nextDouble());
        }
        if (round < ROUNDS) {
          series.set(round++, SampleColumns.STALE_NAN);
        }
        all.add(series);
      }
    }
  }

  private static void special(List<Series> all) {
    double[] values = {
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -0.0,
      -1.5,
      1e-300,
      1e300,
      0,
      42
    };
    for (int kind = 0; kind < values.length; kind++) {
      Series series =
          Series.of(Labels.of("__name__", "diff_special", "kind", Integer.toString(kind)));
      for (int round = 0; round < ROUNDS; round++) {
        series.set(round, values[(kind + round / 60) % values.length]);
      }
      all.add(series);
    }
  }
}
