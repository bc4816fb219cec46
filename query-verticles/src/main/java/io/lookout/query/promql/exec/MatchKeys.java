package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.ast.VectorMatching;
import java.util.HashSet;
import java.util.Set;

/** The labels that two series must agree in to meet. */
final class MatchKeys {
  private final boolean on;
  private final Set<String> names;

  MatchKeys(VectorMatching matching) {
    on = matching.on();
    names = new HashSet<>(matching.labels());
    if (!on) {
      names.addAll(MetricSchema.LABELS);
    }
  }

  Labels of(Labels series) {
    return on ? series.keep(names) : series.drop(names);
  }
}
