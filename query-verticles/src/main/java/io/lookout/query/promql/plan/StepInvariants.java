package io.lookout.query.promql.plan;

import io.lookout.query.promql.plan.PlanNode.ScalarNode;
import io.lookout.query.promql.plan.PlanNode.VectorNode;

/**
 * Marks what does not depend on the step, because {@code @} fixes the time of all its selectors: it
 * is evaluated once and repeated.
 *
 * <pre>
 *   rate(x[5m] @ 100) / x       →   invariant(rate(x[5m] @ 100)) / x
 * </pre>
 */
final class StepInvariants {
  private StepInvariants() {}

  static PlanNode hoist(PlanNode root) {
    return new Hoist().rewrite(root);
  }

  /** Marks the largest parts that do not depend on the step. */
  private static final class Hoist implements NodeRewrite {
    @Override
    public PlanNode rewrite(PlanNode node) {
      if (!isInvariant(node)) {
        return overInputs(node);
      }
      return switch (node) {
        case PlanNode.Constant constant -> constant;
        case ScalarNode scalar -> new PlanNode.InvariantScalar(scalar);
        case VectorNode vector -> new PlanNode.InvariantVector(vector);
        case PlanNode.Matrix matrix -> overInputs(matrix);
        case PlanNode.Text text -> text;
      };
    }
  }

  private static boolean isInvariant(PlanNode node) {
    return switch (node) {
      case PlanNode.TimeCall call -> call.function().name().equals("pi");
      case PlanNode.InstantSelect select -> select.shift().isFixed();
      case PlanNode.SampleCall call when call.function().name().equals("timestamp") -> false;
      case PlanNode.RangeCall call ->
          // A prediction is for the step, wherever the samples come from.
          !call.function().name().equals("predict_linear")
              && call.source().isFixed()
              && call.parameters().stream().allMatch(StepInvariants::isInvariant);
      default -> node.inputs().stream().allMatch(StepInvariants::isInvariant);
    };
  }
}
