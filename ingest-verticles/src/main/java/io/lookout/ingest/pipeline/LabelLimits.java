package io.lookout.ingest.pipeline;

import io.lookout.cluster.limits.Limit;
import io.lookout.model.Labels;
import io.lookout.model.aggregate.Aggregate;

/**
 * Bounds what one series may be called. Lengths are in characters. The label of downsampled series
 * is no sender's.
 */
public record LabelLimits(int maxLabels, int maxNameLength, int maxValueLength)
    implements SeriesStage {
  /** Of a series with monstrous labels, so much is shown. */
  private static final int SHOWN = 200;

  @Override
  public Verdict judge(String tenant, Labels labels) {
    if (labels.size() > maxLabels) {
      return new Verdict.Refuse(
          Reason.TOO_MANY_LABELS,
          "series "
              + shown(labels)
              + " has "
              + labels.size()
              + " labels, "
              + Limit.LABEL_COUNT.setting()
              + " is "
              + maxLabels);
    }
    for (int i = 0; i < labels.size(); i++) {
      if (labels.name(i).equals(Aggregate.LABEL)) {
        return new Verdict.Refuse(
            Reason.INVALID_LABELS,
            "series "
                + shown(labels)
                + " has label "
                + Aggregate.LABEL
                + ", which is Lookout's own");
      }
      if (labels.name(i).length() > maxNameLength) {
        return new Verdict.Refuse(
            Reason.LABEL_NAME_TOO_LONG,
            tooLong(
                labels,
                "a label name",
                labels.name(i).length(),
                Limit.LABEL_NAME_LENGTH,
                maxNameLength));
      }
      if (labels.value(i).length() > maxValueLength) {
        return new Verdict.Refuse(
            Reason.LABEL_VALUE_TOO_LONG,
            tooLong(
                labels,
                "a value",
                labels.value(i).length(),
                Limit.LABEL_VALUE_LENGTH,
                maxValueLength));
      }
    }
    return new Verdict.Keep(labels);
  }

  private static String tooLong(Labels labels, String what, int length, Limit name, int limit) {
    return "series "
        + shown(labels)
        + " has "
        + what
        + " of "
        + length
        + " characters, "
        + name.setting()
        + " is "
        + limit;
  }

  private static String shown(Labels labels) {
    String text = labels.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
