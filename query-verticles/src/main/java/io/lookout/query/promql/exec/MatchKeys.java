package io.lookout.query.promql.exec;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.query.promql.ast.VectorMatching;
import java.util.HashSet;
import java.util.Set;

/**
 * The labels that two series must agree in to meet. Types and units are among them, as in
 * Prometheus: only names are not.
 */
final class MatchKeys {
  private final boolean on;
  private final Set<String> names;

  MatchKeys(VectorMatching matching) {
    on = matching.on();
    names = new HashSet<>(matching.labels());
    if (!on) {
      names.add(Label.METRIC_NAME);
    }
  }

  Labels of(Labels series) {
    return on ? series.keep(names) : series.drop(names);
  }
}
