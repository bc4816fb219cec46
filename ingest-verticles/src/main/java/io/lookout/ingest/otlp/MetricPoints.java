package io.lookout.ingest.otlp;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.histogram.HistogramValidity;
import io.lookout.model.text.NumberText;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;

/**
 * Brings metrics into a batch:
 *
 * <pre>
 *   gauge, sum             → a sample
 *   histogram              → _bucket{le}, _count, _sum, or a native histogram with custom bounds
 *   exponential histogram  → a native histogram
 *   summary                → {quantile}, _count, _sum
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class MetricPoints {
  private final PointBatch batch;
  private final PointSeries series;
  private final Translation translation;
  private final PointTally tally;

  MetricPoints(PointBatch batch, PointSeries series, Translation translation, PointTally tally) {
    this.batch = batch;
    this.series = series;
    this.translation = translation;
    this.tally = tally;
  }

  void add(Metric metric) {
    String name = MetricNames.of(metric, translation.naming());
    int before = batch.sampleCount();
    series.delta(false);
    switch (metric.getDataCase()) {
      case GAUGE -> numbers(name, metric.getGauge().getDataPointsList(), false);
      case SUM -> {
        List<NumberDataPoint> points = metric.getSum().getDataPointsList();
        if (isSince(name, metric.getSum().getAggregationTemporality(), points.size())) {
          numbers(name, points, metric.getSum().getIsMonotonic());
        }
      }
      case HISTOGRAM -> {
        List<HistogramDataPoint> points = metric.getHistogram().getDataPointsList();
        if (isSince(name, metric.getHistogram().getAggregationTemporality(), points.size())) {
          points.forEach(point -> histogram(name, point));
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        var histogram = metric.getExponentialHistogram();
        int points = histogram.getDataPointsCount();
        if (isSince(name, histogram.getAggregationTemporality(), points)) {
          histogram.getDataPointsList().forEach(point -> exponential(name, point));
        }
      }
      case SUMMARY ->
          metric.getSummary().getDataPointsList().forEach(point -> summary(name, point));
      case DATA_NOT_SET -> {}
    }
    if (batch.sampleCount() > before) {
      batch.metadata(
          new MetricMetadata(
              name, type(metric), metric.getDescription(), MetricNames.unit(metric)));
    }
  }

  /** Whether it is known since when data points count; otherwise they are refused. */
  private boolean isSince(String name, AggregationTemporality temporality, int points) {
    boolean differences = temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    series.delta(differences);
    if (differences
        || temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
        || points == 0) {
      return true;
    }
    for (int i = 0; i < points; i++) {
      batch.reject(
          Reason.NO_TEMPORALITY, 1, name + " does not say whether it is cumulative or delta");
      done();
    }
    return false;
  }

  private void done() {
    tally.point(batch.rejections().samples());
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

  /**
   * @param counts whether they are those of a counter, for which alone it matters when it began
   */
  private void numbers(String name, List<NumberDataPoint> points, boolean counts) {
    for (NumberDataPoint point : points) {
      series.begin(
          point.getTimeUnixNano(),
          counts ? point.getStartTimeUnixNano() : 0,
          point.getFlags(),
          point.getAttributesList());
      double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
      series.exemplars(series.sample(name, value), point.getExemplarsList());
      done();
    }
  }

  private void histogram(String name, HistogramDataPoint point) {
    series.begin(
        point.getTimeUnixNano(),
        point.getStartTimeUnixNano(),
        point.getFlags(),
        point.getAttributesList());
    int bounds = point.getExplicitBoundsCount();
    int counts = point.getBucketCountsCount();
    if (counts != 0 && counts != bounds + 1) {
      String what = " has " + counts + " bucket counts for " + bounds + " bounds";
      batch.reject(Reason.INVALID_HISTOGRAM, 1, name + what);
    } else if (translation.customBuckets()) {
      custom(name, point);
    } else {
      classic(name, point);
    }
    done();
  }

  private void classic(String name, HistogramDataPoint point) {
    if (point.hasSum()) {
      series.sample(name + "_sum", point.getSum());
    }
    series.sample(name + "_count", (double) point.getCount());
    int bounds = point.getBucketCountsCount() == 0 ? 0 : point.getExplicitBoundsCount();
    int[] buckets = new int[bounds + 1];
    double below = 0;
    for (int i = 0; i < bounds; i++) {
      below += point.getBucketCounts(i);
      String bound = NumberText.plain(point.getExplicitBounds(i));
      buckets[i] = series.sample(name + "_bucket", "le", bound, below);
    }
    buckets[bounds] = series.sample(name + "_bucket", "le", "+Inf", (double) point.getCount());
    for (Exemplar each : point.getExemplarsList()) {
      series.exemplar(buckets[bucket(point, bounds, PointSeries.value(each))], each);
    }
  }

  /** The bucket that a value is counted in. */
  private static int bucket(HistogramDataPoint point, int bounds, double value) {
    int bucket = 0;
    while (bucket < bounds && !(value <= point.getExplicitBounds(bucket))) {
      bucket++;
    }
    return bucket;
  }

  private void custom(String name, HistogramDataPoint point) {
    if (series.isStale()) {
      series.sample(name, 0);
      return;
    }
    try {
      int found = series.sample(name, ExplicitBuckets.histogram(point));
      series.exemplars(found, point.getExemplarsList());
    } catch (IllegalArgumentException e) {
      batch.reject(Reason.INVALID_HISTOGRAM, 1, name + ": " + e.getMessage());
    }
  }

  private void exponential(String name, ExponentialHistogramDataPoint point) {
    series.begin(
        point.getTimeUnixNano(),
        point.getStartTimeUnixNano(),
        point.getFlags(),
        point.getAttributesList());
    if (series.isStale()) {
      series.sample(name, 0);
    } else {
      measured(name, point);
    }
    done();
  }

  private void measured(String name, ExponentialHistogramDataPoint point) {
    try {
      var histogram = ExponentialBuckets.histogram(point);
      HistogramValidity.check(histogram);
      series.exemplars(series.sample(name, histogram), point.getExemplarsList());
    } catch (IllegalArgumentException e) {
      batch.reject(Reason.INVALID_HISTOGRAM, 1, name + ": " + e.getMessage());
    }
  }

  private void summary(String name, SummaryDataPoint point) {
    series.begin(
        point.getTimeUnixNano(),
        point.getStartTimeUnixNano(),
        point.getFlags(),
        point.getAttributesList());
    series.sample(name + "_sum", point.getSum());
    series.sample(name + "_count", (double) point.getCount());
    series.withoutStart();
    for (var each : point.getQuantileValuesList()) {
      series.sample(name, "quantile", NumberText.plain(each.getQuantile()), each.getValue());
    }
    done();
  }
}
