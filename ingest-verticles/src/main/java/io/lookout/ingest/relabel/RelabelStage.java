package io.lookout.ingest.relabel;

import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.pipeline.Verdict;
import io.lookout.model.Labels;

/** Rules for the series of all protocols, as {@code write_relabel_configs} of Prometheus. */
public record RelabelStage(Relabelling rules) implements SeriesStage {
  @Override
  public Verdict judge(String tenant, Labels labels) {
    Labels left = rules.apply(labels);
    if (left == null || left.isEmpty()) {
      return new Verdict.Drop();
    }
    return left.metricName().isEmpty()
        ? new Verdict.Refuse(
            Reason.INVALID_LABELS,
            "ingest.relabel.configs leave no metric name in series " + left + ", made of " + labels)
        : new Verdict.Keep(left);
  }
}
