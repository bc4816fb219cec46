package io.lookout.ingest.otlp;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The series and samples of one data point after the other: they share its labels, its times, and
 * whether it is a difference. Not thread-safe.
 */
final class PointSeries {
  private static final long NANOS = 1_000_000;

  /** As OpenMetrics bounds the labels of an exemplar. */
  private static final int MOST_OF_EXEMPLAR = 128;

  private final String tenant;
  private final PointBatch batch;
  private final NamingStrategy naming;
  private final DeltaSums deltas;
  private ResourceLabels resource;
  private Labels attributes = Labels.EMPTY;
  private boolean delta;
  private boolean stale;
  private long time;
  private long start;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  PointSeries(
      String tenant,
      PointBatch batch,
      NamingStrategy naming,
      DeltaSums deltas,
      ResourceLabels resource) {
    this.tenant = tenant;
    this.batch = batch;
    this.naming = naming;
    this.deltas = deltas;
    this.resource = resource;
  }

  /** Data points that come are of this scope. */
  void scope(ResourceLabels labels) {
    resource = labels;
  }

  /** Whether data points that come are differences. */
  void delta(boolean differences) {
    delta = differences;
  }

  void begin(long timeNanos, long startNanos, int flags, List<KeyValue> given) {
    time = millis(timeNanos);
    start = millis(startNanos);
    stale = (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
    earliest = Math.min(earliest, time);
    latest = Math.max(latest, time);
    Labels.Builder labels = new Labels.Builder();
    Attributes.add(given, naming, labels);
    Attributes.addMissing(resource.promoted(), labels);
    resource.identity().forEach(label -> labels.set(label.name(), label.value()));
    attributes = labels.build();
  }

  /** A time of the wire has no sign: the far future must not become the past. */
  private static long millis(long nanos) {
    return Long.divideUnsigned(nanos, NANOS);
  }

  /** From here on the data point is one of gauges, for which it does not matter when they began. */
  void withoutStart() {
    start = 0;
  }

  /** Whether the data point says that there is nothing to say. */
  boolean isStale() {
    return stale;
  }

  boolean isEmpty() {
    return latest == Long.MIN_VALUE;
  }

  /** The earliest time of all data points, ms. */
  long earliest() {
    return earliest;
  }

  /** The latest time of all data points, ms. */
  long latest() {
    return latest;
  }

  /** Adds a sample and returns its series. */
  int sample(String name, double value) {
    return sample(name, "", "", value);
  }

  /** The same with a label, which takes the place of an attribute of its name. */
  int sample(String name, String label, String labelValue, double value) {
    int series = find(name, label, labelValue);
    if (series == PointBatch.NONE) {
      return series;
    }
    double written = stale ? SampleColumns.STALE_NAN : value;
    if (delta && !stale) {
      OptionalDouble sum = deltas.add(batch.seriesKey(series), time, value);
      if (sum.isEmpty()) {
        tooLate(name);
        return PointBatch.NONE;
      }
      written = sum.getAsDouble();
    }
    batch.sample(series, time, written);
    startTime();
    return series;
  }

  /** Adds a sample of a histogram and returns its series. */
  int sample(String name, NativeHistogram histogram) {
    int series = find(name, "", "");
    if (series == PointBatch.NONE) {
      return series;
    }
    NativeHistogram written =
        delta ? deltas.add(SeriesKey.of(tenant, labels(name)), time, histogram) : histogram;
    if (written == null) {
      tooLate(name);
      return PointBatch.NONE;
    }
    batch.sample(series, time, written);
    startTime();
    return series;
  }

  private void tooLate(String name) {
    batch.reject(Reason.TOO_LATE, 1, "difference of " + name + " is older than the last one");
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

  private Labels labels(String name) {
    return attributes.toBuilder().set(Label.METRIC_NAME, name).build();
  }

  /** Adds exemplars to a series, nothing where there is none. */
  void exemplars(int series, List<io.opentelemetry.proto.metrics.v1.Exemplar> exemplars) {
    exemplars.forEach(each -> exemplar(series, each));
  }

  void exemplar(int series, io.opentelemetry.proto.metrics.v1.Exemplar given) {
    if (series == PointBatch.NONE) {
      return;
    }
    Labels.Builder labels = new Labels.Builder();
    labels.set("trace_id", OtlpDecoder.hex(given.getTraceId()));
    labels.set("span_id", OtlpDecoder.hex(given.getSpanId()));
    Labels identity = labels.build();
    Attributes.add(given.getFilteredAttributesList(), naming, labels);
    Labels all = labels.build();
    Labels kept = length(all) <= MOST_OF_EXEMPLAR ? all : identity;
    long when = given.getTimeUnixNano() == 0 ? time : millis(given.getTimeUnixNano());
    batch.exemplar(series, new Exemplar(kept, value(given), when));
  }

  static double value(io.opentelemetry.proto.metrics.v1.Exemplar exemplar) {
    return exemplar.hasAsInt() ? exemplar.getAsInt() : exemplar.getAsDouble();
  }

  private static int length(Labels labels) {
    int length = 0;
    for (int i = 0; i < labels.size(); i++) {
      length += labels.name(i).length() + labels.value(i).length();
    }
    return length;
  }
}
