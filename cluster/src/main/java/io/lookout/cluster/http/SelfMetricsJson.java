package io.lookout.cluster.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A family of metrics as {@code io.prometheus.client.MetricFamily} in the JSON form of protobuf:
 * integers of 64 bits are strings, and so are numbers that JSON does not have.
 */
final class SelfMetricsJson {
  private SelfMetricsJson() {}

  /** As it is called in the text format. */
  static String name(MetricSnapshot family) {
    String name = family.getMetadata().getPrometheusName();
    return switch (family) {
      case CounterSnapshot counter -> name + "_total";
      case InfoSnapshot info -> name + "_info";
      default -> name;
    };
  }

  static JsonObject family(MetricSnapshot family) {
    JsonArray metrics = new JsonArray();
    for (DataPointSnapshot point : family.getDataPoints()) {
      metrics.add(metric(point));
    }
    String help = family.getMetadata().getHelp();
    return new JsonObject()
        .put("name", name(family))
        .put("help", help == null ? "" : help.strip())
        .put("type", type(family))
        .put("metric", metrics);
  }

  private static String type(MetricSnapshot family) {
    return switch (family) {
      case CounterSnapshot counter -> "COUNTER";
      case SummarySnapshot summary -> "SUMMARY";
      case HistogramSnapshot histogram -> "HISTOGRAM";
      default -> "GAUGE";
    };
  }

  private static JsonObject metric(DataPointSnapshot point) {
    JsonObject metric = new JsonObject();
    if (!point.getLabels().isEmpty()) {
      JsonArray labels = new JsonArray();
      for (Label label : point.getLabels()) {
        labels.add(new JsonObject().put("name", label.getName()).put("value", label.getValue()));
      }
      metric.put("label", labels);
    }
    return switch (point) {
      case CounterDataPointSnapshot counter -> metric.put("counter", value(counter.getValue()));
      case SummaryDataPointSnapshot summary -> metric.put("summary", summary(summary));
      case HistogramDataPointSnapshot histogram -> metric.put("histogram", histogram(histogram));
      case GaugeDataPointSnapshot gauge -> metric.put("gauge", value(gauge.getValue()));
      default -> metric.put("gauge", value(1));
    };
  }

  private static JsonObject value(double value) {
    return new JsonObject().put("value", number(value));
  }

  private static Object number(double value) {
    if (Double.isFinite(value)) {
      return value;
    }
    return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  }

  private static JsonObject summary(SummaryDataPointSnapshot summary) {
    JsonArray quantiles = new JsonArray();
    for (Quantile each : summary.getQuantiles()) {
      quantiles.add(
          new JsonObject()
              .put("quantile", number(each.getQuantile()))
              .put("value", number(each.getValue())));
    }
    JsonObject json =
        new JsonObject()
            .put("sampleCount", Long.toString(summary.getCount()))
            .put("sampleSum", number(summary.getSum()));
    return quantiles.isEmpty() ? json : json.put("quantile", quantiles);
  }

  private static JsonObject histogram(HistogramDataPointSnapshot histogram) {
    ClassicHistogramBuckets buckets = histogram.getClassicBuckets();
    JsonArray json = new JsonArray();
    long cumulative = 0;
    for (int i = 0; i < buckets.size(); i++) {
      cumulative += buckets.getCount(i);
      json.add(
          new JsonObject()
              .put("cumulativeCount", Long.toString(cumulative))
              .put("upperBound", number(buckets.getUpperBound(i))));
    }
    return new JsonObject()
        .put("sampleCount", Long.toString(histogram.getCount()))
        .put("sampleSum", number(histogram.getSum()))
        .put("bucket", json);
  }
}
