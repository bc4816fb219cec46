package io.lookout.ingest.metricbeat;

import java.util.List;

/**
 * What a path of module {@code prometheus} stands for: the series that Metricbeat has read, under
 * their own names.
 *
 * <pre>
 *   prometheus.labels.job                      a label
 *   prometheus.metrics.up                      metric up                   7 and later
 *   prometheus.orders_total.counter            metric orders_total         with use_types
 *   prometheus.orders_total.rate               what it grew by; left out
 *   prometheus.latency.histogram.values        metric latency, of a histogram
 *   prometheus.query.up, .query.labels.job     metricset query
 *   prometheus.collector.up, .label.job        6, the namespace between
 * </pre>
 *
 * @param name of the metric or label
 */
record PrometheusPath(Kind kind, String name) {
  private static final PrometheusPath NOTHING = new PrometheusPath(Kind.SKIPPED, "");
  private static final PrometheusPath ON_THE_WAY = new PrometheusPath(Kind.INNER, "");

  enum Kind {
    LABEL,
    METRIC,
    COUNTER,
    /** Something below it may be one of the others. */
    INNER,
    SKIPPED
  }

  static PrometheusPath of(List<String> segments) {
    int size = segments.size();
    if (size < 2) {
      return ON_THE_WAY;
    }
    return switch (segments.get(1)) {
      case "labels" -> size == 2 ? ON_THE_WAY : label(rest(segments, 2));
      case "metrics" -> size == 2 ? ON_THE_WAY : metric(rest(segments, 2));
      case "query" -> query(segments);
      default -> named(segments);
    };
  }

  private static PrometheusPath query(List<String> segments) {
    if (segments.size() == 2) {
      return ON_THE_WAY;
    }
    return switch (segments.get(2)) {
      case "dataType" -> NOTHING;
      case "labels" -> segments.size() == 3 ? ON_THE_WAY : label(rest(segments, 3));
      default -> metric(rest(segments, 2));
    };
  }

  private static PrometheusPath named(List<String> segments) {
    String name = segments.get(1);
    if (segments.size() == 2) {
      return metric(name);
    }
    return switch (segments.get(2)) {
      case "counter" -> new PrometheusPath(Kind.COUNTER, name);
      case "value", "histogram" -> metric(name);
      case "rate" -> NOTHING;
      case "label" -> segments.size() == 3 ? ON_THE_WAY : label(rest(segments, 3));
      default -> metric(rest(segments, 2));
    };
  }

  private static String rest(List<String> segments, int from) {
    return String.join("_", segments.subList(from, segments.size()));
  }

  private static PrometheusPath metric(String name) {
    return new PrometheusPath(Kind.METRIC, name);
  }

  /** The name of a metric comes with its labels in some versions; it is known from the path. */
  private static PrometheusPath label(String name) {
    return name.equals("__name__") ? NOTHING : new PrometheusPath(Kind.LABEL, name);
  }
}
