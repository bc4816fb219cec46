package io.lookout.query.promql.plan;

import io.lookout.query.promql.value.ScalarOps;

/**
 * Computes what is known before there is a sample.
 *
 * <pre>
 *   x * (60 * 60)   →   x * 3600
 *   -(2)            →   -2
 * </pre>
 */
final class ConstantFolding implements NodeRewrite {
  private ConstantFolding() {}

  static PlanNode fold(PlanNode root) {
    return new ConstantFolding().rewrite(root);
  }

  @Override
  public PlanNode rewrite(PlanNode node) {
    PlanNode folded = overInputs(node);
    return switch (folded) {
      case PlanNode.NegateScalar(PlanNode.Constant(double value)) -> new PlanNode.Constant(-value);
      case PlanNode.ScalarBinary(
              var syntax,
              PlanNode.Constant(double left),
              PlanNode.Constant(double right)) ->
          new PlanNode.Constant(ScalarOps.of(syntax.op()).apply(left, right));
      default -> folded;
    };
  }
}
