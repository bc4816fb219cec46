package io.lookout.ingest.scrape;

import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.pipeline.Verdict;
import io.lookout.ingest.relabel.Relabelling;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.config.ScrapeLimits;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.SeriesText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the labels that a target exposes to the series that is stored. */
final class ExposedLabels {
  private final Target target;
  private final boolean honorLabels;
  private final boolean legacyNames;
  private final Relabelling relabelling;
  private final ScrapeLimits limits;
  private final SeriesStage stages;

  ExposedLabels(Target target, JobConfig job, SeriesStage stages) {
    this.target = target;
    this.honorLabels = job.samples().honorLabels();
    this.legacyNames = job.request().legacyNames();
    this.relabelling = job.metricRelabelling();
    this.limits = job.limits();
    this.stages = stages;
  }

  /**
   * The series, or null where a rule drops it.
   *
   * @throws LookoutException where the labels are not acceptable, which fails the whole scrape
   */
  @Nullable SeriesKey series(LabelPairs pairs) {
    String problem = pairs.problem();
    if (problem != null) {
      throw new LookoutException(ErrorCode.BAD_DATA, problem);
    }
    Labels labels = relabelling.apply(withTargetLabels(pairs.build()));
    if (labels == null) {
      return null;
    }
    check(labels);
    return switch (stages.judge(target.tenant(), labels)) {
      case Verdict.Keep(var kept) -> SeriesKey.of(target.tenant(), kept);
      case Verdict.Drop() -> null;
      case Verdict.Refuse(var reason, var message) ->
          throw new LookoutException(ErrorCode.BAD_DATA, message);
    };
  }

  private Labels withTargetLabels(Labels exposed) {
    Labels.Builder labels = exposed.toBuilder();
    List<Label> conflicts = new ArrayList<>();
    for (Label own : target.labels()) {
      String said = exposed.get(own.name());
      if (said == null) {
        labels.set(own.name(), own.value());
      } else if (!honorLabels) {
        conflicts.add(new Label(own.name(), said));
        labels.set(own.name(), own.value());
      }
    }
    moveAside(conflicts, labels);
    return labels.build();
  }

  /** The target's labels win; what was exposed under their names goes under {@code exported_}. */
  private static void moveAside(List<Label> conflicts, Labels.Builder labels) {
    conflicts.sort(Comparator.comparingInt(label -> label.name().length()));
    for (Label label : conflicts) {
      String aside = "exported_" + label.name();
      while (labels.get(aside) != null) {
        aside = "exported_" + aside;
      }
      labels.set(aside, label.value());
    }
  }

  private void check(Labels labels) {
    String name = labels.metricName();
    if (name.isEmpty()) {
      throw refused("metric name missing or empty after relabelling: " + shown(labels));
    }
    if (legacyNames && !isLegacy(labels)) {
      throw refused("invalid metric name or label names: " + shown(labels));
    }
    if (exceeds(labels.size(), limits.labels())) {
      throw refused(
          "label_limit exceeded (metric: %s, number of labels: %d, limit: %d)"
              .formatted(cut(name), labels.size(), limits.labels()));
    }
    for (int i = 0; i < labels.size(); i++) {
      checkLengths(name, labels.name(i), labels.value(i));
    }
  }

  private void checkLengths(String metric, String name, String value) {
    if (exceeds(name.length(), limits.labelNameLength())) {
      throw refused(
          "label_name_length_limit exceeded (metric: %s, label name: %s, length: %d, limit: %d)"
              .formatted(cut(metric), cut(name), name.length(), limits.labelNameLength()));
    }
    if (exceeds(value.length(), limits.labelValueLength())) {
      throw refused(
          ("label_value_length_limit exceeded (metric: %s, label name: %s, value: %s, length: %d,"
                  + " limit: %d)")
              .formatted(
                  cut(metric), cut(name), cut(value), value.length(), limits.labelValueLength()));
    }
  }

  private static boolean exceeds(int size, int limit) {
    return limit > 0 && size > limit;
  }

  private static boolean isLegacy(Labels labels) {
    for (Label label : labels) {
      boolean legacy =
          label.name().equals(Label.METRIC_NAME)
              ? SeriesText.isLegacyMetricName(label.value())
              : SeriesText.isLegacyLabelName(label.name());
      if (!legacy) {
        return false;
      }
    }
    return true;
  }

  private static String shown(Labels labels) {
    String text = labels.toString();
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private static String cut(String text) {
    return text.length() > 50 ? text.substring(0, 50) : text;
  }

  private static LookoutException refused(String message) {
    return new LookoutException(ErrorCode.BAD_DATA, message);
  }
}
