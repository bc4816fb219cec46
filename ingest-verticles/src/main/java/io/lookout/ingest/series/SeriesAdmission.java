package io.lookout.ingest.series;

import io.lookout.ingest.pipeline.DroppedSeries;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.pipeline.Verdict;
import io.lookout.model.SeriesKey;
import org.jspecify.annotations.Nullable;

/**
 * The way of a series that is not known yet: its labels are checked, the stages of the pipeline
 * that look at labels are asked, and it is remembered. Thread-safe.
 */
public final class SeriesAdmission {
  private final SeriesStage stages;

  public SeriesAdmission(SeriesStage stages) {
    this.stages = stages;
  }

  /**
   * The series of these labels, or null where it is refused: then the rejections say why. One that
   * is dropped goes under the key of {@link DroppedSeries}.
   *
   * @param samples how many samples it costs if it is refused
   */
  public @Nullable SeriesKey admit(
      String tenant, LabelPairs pairs, int samples, Rejections rejections) {
    String problem = pairs.problem();
    if (problem != null) {
      rejections.add(Reason.INVALID_LABELS.label(), samples, problem);
      return null;
    }
    return switch (stages.judge(tenant, pairs.build())) {
      case Verdict.Keep(var labels) -> SeriesKey.of(tenant, labels);
      case Verdict.Drop() -> DroppedSeries.key(tenant, pairs.build());
      case Verdict.Refuse(var reason, var message) -> {
        rejections.add(reason.label(), samples, message);
        yield null;
      }
    };
  }
}
