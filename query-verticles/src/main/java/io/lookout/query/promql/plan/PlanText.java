package io.lookout.query.promql.plan;

import io.lookout.model.text.NumberText;
import io.lookout.query.promql.ast.AggregateExpr;

/** Plans as text: a node a line, inputs indented below. */
final class PlanText {
  private final StringBuilder out = new StringBuilder();
  private final Plan plan;

  private PlanText(Plan plan) {
    this.plan = plan;
  }

  static String of(Plan plan) {
    PlanText text = new PlanText(plan);
    text.append(plan.root(), 0);
    return text.out.toString();
  }

  static String line(Plan plan, PlanNode node) {
    return new PlanText(plan).line(node);
  }

  private void append(PlanNode node, int depth) {
    out.append("  ".repeat(depth)).append(line(node)).append('\n');
    for (PlanNode input : node.inputs()) {
      append(input, depth + 1);
    }
  }

  private String line(PlanNode node) {
    return switch (node) {
      case PlanNode.Constant constant -> "constant " + NumberText.number(constant.value());
      case PlanNode.Text text -> "text \"" + text.value() + '"';
      case PlanNode.TimeCall call -> call.function().name() + "()";
      case PlanNode.NegateScalar ignored -> "negate scalar";
      case PlanNode.NegateVector ignored -> "negate vector";
      case PlanNode.ScalarBinary binary -> "scalar " + binary.syntax().op().sign();
      case PlanNode.ToScalar ignored -> "to scalar";
      case PlanNode.ToVector ignored -> "to vector";
      case PlanNode.InvariantScalar ignored -> "once";
      case PlanNode.InvariantVector ignored -> "once";
      case PlanNode.InstantSelect select ->
          "select " + matchers(select.selection()) + select.shift();
      case PlanNode.SampleTimes ignored -> "sample times";
      case PlanNode.RangeCall call -> call.function().name() + " over " + source(call.source());
      case PlanNode.SampleCall call -> call.function().name() + " of samples";
      case PlanNode.WholeCall call -> call.function().name() + " of vectors";
      case PlanNode.VectorScalar binary ->
          (binary.scalarIsLeft() ? "scalar " : "vector ")
              + binary.syntax().op().sign()
              + (binary.scalarIsLeft() ? " vector" : " scalar");
      case PlanNode.VectorBinary binary -> "vector " + binary.syntax().op().sign() + " vector";
      case PlanNode.Aggregate aggregate -> aggregate(aggregate.syntax());
      case PlanNode.Matrix matrix -> "samples of " + source(matrix.source());
    };
  }

  private static String aggregate(AggregateExpr syntax) {
    String grouping =
        syntax.grouping().isEmpty() && !syntax.without()
            ? ""
            : (syntax.without() ? " without " : " by ") + syntax.grouping();
    return syntax.op().keyword() + grouping;
  }

  private String source(RangeSource source) {
    String window = " window " + source.range() + " ms" + source.shift();
    return switch (source) {
      case RangeSource.Stored stored ->
          matchers(stored.selection())
              + window
              + (stored.mode().keyword().isEmpty() ? "" : " " + stored.mode().keyword());
      case RangeSource.Subquery subquery ->
          "subquery" + window + " every " + subquery.step() + " ms";
    };
  }

  private String matchers(int selection) {
    return "#" + selection + plan.selections().get(selection).matchers();
  }
}
