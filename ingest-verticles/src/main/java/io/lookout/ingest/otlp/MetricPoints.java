package io.lookout.ingest.otlp;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.text.NumberText;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Brings the data points of one resource into a batch:
 *
 * <pre>
 *   gauge, sum             → a sample
 *   histogram              → _bucket{le}, _count, _sum
 *   exponential histogram  → a native histogram
 *   summary                → {quantile}, _count, _sum
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class MetricPoints {
  private static final long NANOS = 1_000_000;

  private final String tenant;
  private final PointBatch batch;
  private final Labels resource;
  private final DeltaSums deltas;
  private long latest;

  /** The data point that is being written. */
  private long time;

  private long start;
  private boolean stale;
  private boolean delta;
  private Labels attributes = Labels.EMPTY;

  MetricPoints(String tenant, PointBatch batch, Labels resource, DeltaSums deltas) {
    this.tenant = tenant;
    this.batch = batch;
    this.resource = resource;
    this.deltas = deltas;
  }

  /** The latest time of all data points, ms; 0 where there are none. */
  long latest() {
    return latest;
  }

  void add(Metric metric) {
    String name = MetricNames.of(metric);
    int before = batch.sampleCount();
    switch (metric.getDataCase()) {
      case GAUGE -> {
        delta = false;
        numbers(name, metric.getGauge().getDataPointsList(), false);
      }
      case SUM -> {
        delta = MetricNames.isDelta(metric.getSum().getAggregationTemporality());
        numbers(name, metric.getSum().getDataPointsList(), metric.getSum().getIsMonotonic());
      }
      case HISTOGRAM -> {
        delta = MetricNames.isDelta(metric.getHistogram().getAggregationTemporality());
        metric.getHistogram().getDataPointsList().forEach(point -> histogram(name, point));
      }
      case EXPONENTIAL_HISTOGRAM -> {
        delta = MetricNames.isDelta(metric.getExponentialHistogram().getAggregationTemporality());
        metric
            .getExponentialHistogram()
            .getDataPointsList()
            .forEach(point -> exponential(name, point));
      }
      case SUMMARY -> {
        delta = false;
        metric.getSummary().getDataPointsList().forEach(point -> summary(name, point));
      }
      case DATA_NOT_SET -> {}
    }
    if (batch.sampleCount() > before) {
      batch.metadata(
          new MetricMetadata(
              name, type(metric), metric.getDescription(), MetricNames.unit(metric)));
    }
  }

  private static String type(Metric metric) {
    return switch (metric.getDataCase()) {
      case GAUGE -> "gauge";
      case SUM -> metric.getSum().getIsMonotonic() ? "counter" : "gauge";
      case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> "histogram";
      case SUMMARY -> "summary";
      case DATA_NOT_SET -> "unknown";
    };
  }

  private void begin(long timeNanos, long startNanos, int flags, List<KeyValue> given) {
    time = timeNanos / NANOS;
    start = startNanos / NANOS;
    stale = (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
    latest = Math.max(latest, time);
    Labels.Builder labels = new Labels.Builder();
    Attributes.add(given, labels);
    resource.forEach(label -> labels.set(label.name(), label.value()));
    attributes = labels.build();
  }

  /**
   * @param counts whether they are those of a counter, for which alone it matters when it began
   */
  private void numbers(String name, List<NumberDataPoint> points, boolean counts) {
    for (NumberDataPoint point : points) {
      begin(
          point.getTimeUnixNano(),
          counts ? point.getStartTimeUnixNano() : 0,
          point.getFlags(),
          point.getAttributesList());
      double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
      int series = sample(name, "", "", value);
      exemplars(series, point.getExemplarsList());
    }
  }

  private void histogram(String name, HistogramDataPoint point) {
    begin(
        point.getTimeUnixNano(),
        point.getStartTimeUnixNano(),
        point.getFlags(),
        point.getAttributesList());
    int bounds = point.getExplicitBoundsCount();
    int counts = point.getBucketCountsCount();
    if (counts != 0 && counts != bounds + 1) {
      batch.reject(
          Reason.INVALID_HISTOGRAM,
          1,
          name + " has " + counts + " bucket counts for " + bounds + " bounds");
      return;
    }
    if (point.hasSum()) {
      sample(name + "_sum", "", "", point.getSum());
    }
    sample(name + "_count", "", "", (double) point.getCount());
    double below = 0;
    for (int i = 0; i < bounds && counts > 0; i++) {
      below += point.getBucketCounts(i);
      sample(name + "_bucket", "le", NumberText.plain(point.getExplicitBounds(i)), below);
    }
    int infinite = sample(name + "_bucket", "le", "+Inf", (double) point.getCount());
    exemplars(infinite, point.getExemplarsList());
  }

  private void summary(String name, SummaryDataPoint point) {
    begin(
        point.getTimeUnixNano(),
        point.getStartTimeUnixNano(),
        point.getFlags(),
        point.getAttributesList());
    sample(name + "_sum", "", "", point.getSum());
    sample(name + "_count", "", "", (double) point.getCount());
    start = 0; // Quantiles are gauges.
    for (var each : point.getQuantileValuesList()) {
      sample(name, "quantile", NumberText.plain(each.getQuantile()), each.getValue());
    }
  }

  private void exponential(String name, ExponentialHistogramDataPoint point) {
    begin(
        point.getTimeUnixNano(),
        point.getStartTimeUnixNano(),
        point.getFlags(),
        point.getAttributesList());
    if (stale) {
      sample(name, "", "", 0);
      return;
    }
    try {
      NativeHistogram histogram = ExponentialBuckets.histogram(point);
      HistogramValidity.check(histogram);
      int series = find(name, "", "");
      NativeHistogram sum = delta ? deltas.add(key(name), time, histogram) : histogram;
      if (series != PointBatch.NONE && sum != null) {
        batch.sample(series, time, sum);
        startTime();
        exemplars(series, point.getExemplarsList());
      }
    } catch (IllegalArgumentException e) {
      batch.reject(Reason.INVALID_HISTOGRAM, 1, name + ": " + e.getMessage());
    }
  }

  /** Adds a sample and returns its series. */
  private int sample(String name, String label, String labelValue, double value) {
    int series = find(name, label, labelValue);
    if (series == PointBatch.NONE) {
      return series;
    }
    double written = stale ? SampleColumns.STALE_NAN : value;
    if (delta && !stale) {
      OptionalDouble sum = deltas.add(batch.seriesKey(series), time, value);
      if (sum.isEmpty()) {
        batch.reject(Reason.TOO_LATE, 1, "difference of " + name + " is older than the last one");
        return PointBatch.NONE;
      }
      written = sum.getAsDouble();
    }
    batch.sample(series, time, written);
    startTime();
    return series;
  }

  /** Of a sum of differences, the beginning is not the difference's. */
  private void startTime() {
    if (start > 0 && start <= time && !delta) {
      batch.startTime(start);
    }
  }

  private int find(String name, String label, String labelValue) {
    batch.labels().clear();
    batch.labels().add(Label.METRIC_NAME, name);
    for (int i = 0; i < attributes.size(); i++) {
      if (!attributes.name(i).equals(label)) {
        batch.labels().add(attributes.name(i), attributes.value(i));
      }
    }
    if (!label.isEmpty()) {
      batch.labels().add(label, labelValue);
    }
    return batch.find(1);
  }

  private SeriesKey key(String name) {
    return SeriesKey.of(tenant, attributes.toBuilder().set(Label.METRIC_NAME, name).build());
  }

  private void exemplars(int series, List<io.opentelemetry.proto.metrics.v1.Exemplar> exemplars) {
    if (series == PointBatch.NONE) {
      return;
    }
    for (io.opentelemetry.proto.metrics.v1.Exemplar each : exemplars) {
      Labels.Builder labels = new Labels.Builder();
      labels.set("trace_id", OtlpDecoder.hex(each.getTraceId()));
      labels.set("span_id", OtlpDecoder.hex(each.getSpanId()));
      Labels identity = labels.build();
      Attributes.add(each.getFilteredAttributesList(), labels);
      double value = each.hasAsInt() ? each.getAsInt() : each.getAsDouble();
      Labels all = labels.build();
      Labels kept = length(all) <= MOST_OF_EXEMPLAR ? all : identity;
      batch.exemplar(series, new Exemplar(kept, value, each.getTimeUnixNano() / NANOS));
    }
  }

  /** As OpenMetrics bounds the labels of an exemplar. */
  private static final int MOST_OF_EXEMPLAR = 128;

  private static int length(Labels labels) {
    int length = 0;
    for (int i = 0; i < labels.size(); i++) {
      length += labels.name(i).length() + labels.value(i).length();
    }
    return length;
  }
}
