package io.lookout.benchmarks;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;

/**
 * Series as monitoring has them: nine labels, and a quarter each of constants, counters, gauges
 * with two decimals and gauges of any digits.
 */
final class MixedSeries {
  private MixedSeries() {}

  static double value(int series, int round) {
    long noise = ((series * 31L + round) * 0x9E3779B97F4A7C15L) >>> 40;
    return switch (series & 3) {
      case 0 -> 1;
      case 1 -> round * 1000L + noise % 1000;
      case 2 -> noise % 10_000 / 100.0;
      default -> noise / 7.0;
    };
  }

  static SeriesKey key(int i) {
    return SeriesKey.of(
        SeriesKey.ANONYMOUS,
        Labels.of(
            "__name__", "metric_of_some_length_" + i % 200,
            "cluster", "bench-1",
            "handler", "/api/v1/handler/" + i / 200 % 20,
            "instance", "node-" + i / 1000 + ".example.net:9100",
            "job", "service-" + i % 17,
            "le", Integer.toString(i / 200 % 5),
            "namespace", "namespace-" + i / 1000 % 50,
            "pod", "pod-" + i / 100,
            "series", Integer.toString(i % 1000)));
  }
}
