package io.lookout.ingest.metricbeat;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatch.LabelSource;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.Label;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.text.NumberText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From the values of an event to samples: texts that name what was measured, and the sender, become
 * labels of all; numbers and truth values become samples under the name of their path. A series
 * that was seen before costs a look-up, and none of its labels is put together. Not thread-safe.
 */
final class EventSeries {
  /** Keeps these hashes apart from those of other protocols. */
  private static final long SALT = 0x6d65747269636265L;

  /** Longer texts are no states, and name nothing. */
  private static final int SHORT = 64;

  private final SeriesIndex index;
  private final Fields fields;
  private final PointBatch batch;
  private final Repeats repeats;
  private final Identity identity = new Identity();
  private final FetchSeries fetches;
  private final LabelSource labels = this::labels;
  private Event event = new Event();
  private long time;
  private boolean wide;

  /** Of the sample that is being added. */
  private Field field;

  private String suffix = "";
  private String extraName = "";
  private String extraValue = "";

  /** Values left out without being an error. */
  private int dropped;

  EventSeries(SeriesIndex index, Fields fields, PointBatch batch, Repeats repeats) {
    this.index = index;
    this.fields = fields;
    this.batch = batch;
    this.repeats = repeats;
    this.fetches = new FetchSeries(batch);
    this.field = fields.root();
  }

  int dropped() {
    return dropped;
  }

  /** Adds what is in an event; false where it has more labels than can be. */
  boolean add(Event of, long at) {
    event = of;
    time = at;
    wide = fields.isWidened(event.module() + "." + event.metricset());
    fetches.add(event, time);
    if (event.dropped > 0) {
      dropped(event.dropped);
    }
    identify();
    if (identity.size() > Identity.MOST_LABELS) {
      return false;
    }
    for (int i = 0; i < event.size; i++) {
      if (event.texts[i] == null) {
        number(event.fields[i], event.numbers[i]);
      } else {
        text(event.fields[i], Objects.requireNonNull(event.texts[i]));
      }
    }
    if (!event.lists.isEmpty()) {
      new HistogramBuckets(event.lists).each(this::histogram, (lonely, size) -> dropped(1));
    }
    return true;
  }

  private void identify() {
    identity.clear();
    boolean prometheus = event.module().equals("prometheus");
    if (!prometheus) {
      sender();
      identity.addAbsent("metricset", event.metricset());
    }
    for (int i = 0; i < event.size; i++) {
      Field each = event.fields[i];
      String label = labelOf(each, event.texts[i]);
      if (!label.isEmpty()) {
        String text = event.texts[i];
        String value = text == null ? NumberText.plain(event.numbers[i]) : text;
        identity.add(label, value, each.pathLabel);
      }
    }
    if (prometheus) {
      sender();
    }
    identity.seal(index);
  }

  private void sender() {
    identity.addAbsent("job", event.module());
    identity.addAbsent("instance", event.instance());
    identity.addAbsent("host", event.host());
  }

  /** The label that a value is, or nothing. */
  private String labelOf(Field of, @Nullable String text) {
    String known = of.rule.label();
    if (known != null) {
      return known;
    }
    if (text == null || !of.rule.measured()) {
      return "";
    }
    if (of.rule.open() && FieldRules.isNaming(of.last())) {
      return of.namingLabel(event.metricset());
    }
    return wide && text.length() <= SHORT && !isTruth(text) ? of.pathLabel : "";
  }

  private static boolean isTruth(String text) {
    return text.equals("true") || text.equals("false");
  }

  private void number(Field of, double value) {
    if (of.rule.label() == null && of.rule.measured()) {
      if (!wide && of.rule.open()) {
        repeats.met(event, identity, of, time, value);
      }
      sample(of, value);
    }
  }

  private void text(Field of, String text) {
    if (isTruth(text) && of.rule.label() == null) {
      sample(of, text.equals("true") ? 1 : 0);
    } else if (labelOf(of, text).isEmpty()) {
      if (FieldRules.isState(of.last()) && text.length() <= SHORT && !text.isEmpty()) {
        extra(of, "", of.last(), text, 1);
      } else if (FieldRules.isTime(of.last()) && EventTime.millis(text) != EventTime.INVALID) {
        extra(of, "_timestamp_seconds", "", "", EventTime.millis(text) / 1000.0);
      } else {
        dropped(1);
      }
    }
  }

  private void dropped(int values) {
    dropped += values;
    batch.reject(Reason.TEXT_VALUE, values, "texts and lists are not kept");
  }

  private void sample(Field of, double value) {
    field = of;
    suffix = "";
    extraName = "";
    long high = identity.high() + 31 * of.rule.series().high();
    long low = identity.low() + 31 * of.rule.series().low();
    int series = batch.find(high, low ^ SALT, 1, labels);
    if (series != PointBatch.NONE) {
      batch.sample(series, time, value);
    }
  }

  /** A sample that has more to its name than its field. */
  private void extra(Field of, String end, String name, String text, double value) {
    field = of;
    suffix = end;
    extraName = name;
    extraValue = text;
    batch.labels().clear();
    labels(batch.labels());
    batch.sample(time, value);
  }

  private void histogram(Field of, double[] upperEdges, double[] counts, double sum) {
    for (int i = 0; i < upperEdges.length; i++) {
      String edge = NumberText.bound(upperEdges[i]);
      extra(of, "_period_bucket", "le", edge, counts[i]);
    }
    extra(of, "_period_count", "", "", counts[counts.length - 1]);
    extra(of, "_period_sum", "", "", sum);
  }

  private void labels(LabelPairs into) {
    Field.Series series = field.rule.series();
    into.add(Label.METRIC_NAME, series.metric() + suffix);
    if (series.keyLabel() != null) {
      into.add(series.keyLabel(), series.key());
    }
    if (!extraName.isEmpty()) {
      into.add(extraName, extraValue);
    }
    identity.copyTo(into);
    if (field.rule.counter() && suffix.isEmpty()) {
      batch.metadata(new MetricMetadata(series.metric(), "counter", "", ""));
    }
  }
}
