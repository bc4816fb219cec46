package io.lookout.query.promql.exec;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import java.util.Set;

/** The labels that say what a series measures, not of what: they do not survive arithmetic. */
final class MetricSchema {
  static final Set<String> LABELS = Set.of(Label.METRIC_NAME, "__type__", "__unit__");

  private MetricSchema() {}

  static Labels drop(Labels labels) {
    return labels.drop(LABELS);
  }
}
