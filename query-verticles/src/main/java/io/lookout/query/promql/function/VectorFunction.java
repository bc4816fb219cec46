package io.lookout.query.promql.function;

import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;

/**
 * A function of whole vectors over all steps: {@code label_replace}, {@code absent}, {@code
 * histogram_quantile}, {@code sort}. Stateless.
 */
@FunctionalInterface
public non-sealed interface VectorFunction extends Function {
  /**
   * The resulting series. Series without a sample may be among them. Two series of the same labels
   * are merged where they do not meet at a step, and refused as Prometheus does where they do.
   */
  List<SeriesSteps> apply(VectorCall call);
}
