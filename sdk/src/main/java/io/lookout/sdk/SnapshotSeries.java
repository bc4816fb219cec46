package io.lookout.sdk;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * The series that a metric consists of, named as in the text exposition: a scrape and a push of the
 * same registry give the same series.
 */
final class SnapshotSeries {
  private final Family family;
  private final List<Series> series = new ArrayList<>();

  private SnapshotSeries(Family family) {
    this.family = family;
  }

  static List<Series> of(MetricSnapshot metric) {
    SnapshotSeries parts = new SnapshotSeries(family(metric));
    if (metric instanceof CounterSnapshot counter) {
      counter.getDataPoints().forEach(parts::counter);
    } else if (metric instanceof GaugeSnapshot gauge) {
      gauge.getDataPoints().forEach(point -> parts.gauge(point, point.getValue()));
    } else if (metric instanceof HistogramSnapshot histogram) {
      histogram
          .getDataPoints()
          .forEach(point -> parts.histogram(point, histogram.isGaugeHistogram()));
    } else if (metric instanceof SummarySnapshot summary) {
      summary.getDataPoints().forEach(parts::summary);
    } else if (metric instanceof InfoSnapshot info) {
      info.getDataPoints().forEach(point -> parts.number("_info", point.getLabels(), 1));
    } else if (metric instanceof StateSetSnapshot states) {
      states.getDataPoints().forEach(parts::states);
    } else if (metric instanceof UnknownSnapshot unknown) {
      unknown.getDataPoints().forEach(point -> parts.gauge(point, point.getValue()));
    }
    return parts.series;
  }

  private static Family family(MetricSnapshot metric) {
    MetricMetadata metadata = metric.getMetadata();
    String help = metadata.getHelp();
    return new Family(
        metadata.getPrometheusName(),
        type(metric),
        help == null ? "" : help,
        metadata.hasUnit() ? metadata.getUnit().toString() : "");
  }

  private static int type(MetricSnapshot metric) {
    if (metric instanceof CounterSnapshot) {
      return Family.COUNTER;
    } else if (metric instanceof GaugeSnapshot) {
      return Family.GAUGE;
    } else if (metric instanceof HistogramSnapshot histogram) {
      return histogram.isGaugeHistogram() ? Family.GAUGE_HISTOGRAM : Family.HISTOGRAM;
    } else if (metric instanceof SummarySnapshot) {
      return Family.SUMMARY;
    } else if (metric instanceof InfoSnapshot) {
      return Family.INFO;
    } else if (metric instanceof StateSetSnapshot) {
      return Family.STATE_SET;
    }
    return Family.UNKNOWN;
  }

  private void counter(CounterSnapshot.CounterDataPointSnapshot point) {
    add("_total", point.getLabels(), point.getValue(), point, exemplars(point.getExemplar()));
  }

  private void gauge(DataPointSnapshot point, double value) {
    number("", point.getLabels(), value);
  }

  private void histogram(HistogramDataPointSnapshot point, boolean gauge) {
    if (point.hasNativeHistogramData()) {
      series.add(
          new Series(
              family,
              family.name(),
              point.getLabels(),
              new Series.Native(point, gauge),
              began(point),
              exemplars(point.getExemplars())));
    }
    if (point.hasClassicHistogramData()) {
      buckets(point);
      sumAndCount(point, gauge ? "_gsum" : "_sum", gauge ? "_gcount" : "_count");
    }
  }

  private void buckets(HistogramDataPointSnapshot point) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    double lower = Double.NEGATIVE_INFINITY;
    long below = 0;
    for (int i = 0; i < buckets.size(); i++) {
      double upper = buckets.getUpperBound(i);
      below += buckets.getCount(i);
      Labels labels = point.getLabels().add("le", PrometheusNumber.text(upper));
      add(
          "_bucket",
          labels,
          (double) below,
          point,
          exemplars(point.getExemplars().get(lower, upper)));
      lower = upper;
    }
  }

  private void summary(SummarySnapshot.SummaryDataPointSnapshot point) {
    for (Quantile quantile : point.getQuantiles()) {
      String rank = PrometheusNumber.text(quantile.getQuantile());
      number("", point.getLabels().add("quantile", rank), quantile.getValue());
    }
    sumAndCount(point, "_sum", "_count");
  }

  private void sumAndCount(DistributionDataPointSnapshot point, String sum, String count) {
    if (point.hasSum()) {
      add(sum, point.getLabels(), point.getSum(), point, List.of());
    }
    if (point.hasCount()) {
      add(count, point.getLabels(), (double) point.getCount(), point, List.of());
    }
  }

  private void states(StateSetSnapshot.StateSetDataPointSnapshot point) {
    for (int i = 0; i < point.size(); i++) {
      Labels labels = point.getLabels().add(family.name(), point.getName(i));
      number("", labels, point.isTrue(i) ? 1 : 0);
    }
  }

  private void number(String ending, Labels labels, double value) {
    series.add(
        new Series(
            family, family.name() + ending, labels, new Series.FloatValue(value), 0, List.of()));
  }

  private void add(
      String ending,
      Labels labels,
      double value,
      DataPointSnapshot point,
      List<Exemplar> exemplars) {
    String name = family.name() + ending;
    series.add(
        new Series(family, name, labels, new Series.FloatValue(value), began(point), exemplars));
  }

  private static long began(DataPointSnapshot point) {
    return point.hasCreatedTimestamp() ? point.getCreatedTimestampMillis() : 0;
  }

  private static List<Exemplar> exemplars(Exemplars exemplars) {
    List<Exemplar> all = new ArrayList<>();
    exemplars.forEach(all::add);
    return all;
  }

  @SuppressWarnings("NullAway") // The library marks absence by null, without saying so.
  private static List<Exemplar> exemplars(Exemplar exemplar) {
    return exemplar == null ? List.of() : List.of(exemplar);
  }
}
