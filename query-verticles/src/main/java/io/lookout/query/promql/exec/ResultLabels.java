package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.VectorMatching;
import io.lookout.query.promql.ast.VectorMatching.Cardinality;

/** The labels of what a binary operator makes of a pair of series. */
final class ResultLabels {
  private final VectorMatching matching;
  private final boolean keepsSchema;

  ResultLabels(BinaryExpr syntax, VectorMatching matching) {
    this.matching = matching;
    this.keepsSchema = syntax.op().isComparison() || syntax.op().isTrim();
  }

  /** Of a series of the "many" side (the left one in one-to-one matching) and one of the other. */
  Labels of(Labels many, Labels one) {
    Labels labels = keepsSchema ? many : MetricSchema.drop(many);
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      labels = matching.on() ? labels.keep(matching.labels()) : labels.drop(matching.labels());
    }
    if (matching.include().isEmpty()) {
      return labels;
    }
    Labels.Builder builder = labels.toBuilder();
    for (String name : matching.include()) {
      builder.set(name, one.valueOf(name));
    }
    return builder.build();
  }
}
