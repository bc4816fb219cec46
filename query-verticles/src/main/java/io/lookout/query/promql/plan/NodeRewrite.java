package io.lookout.query.promql.plan;

import io.lookout.query.promql.plan.PlanNode.ScalarNode;
import io.lookout.query.promql.plan.PlanNode.VectorNode;
import java.util.List;

/** Rebuilds a node over rewritten inputs; kinds (scalar, vector) stay what they are. */
interface NodeRewrite {
  /** The rewritten node, of the same kind. */
  PlanNode rewrite(PlanNode node);

  private ScalarNode scalar(ScalarNode node) {
    return (ScalarNode) rewrite(node);
  }

  private VectorNode vector(VectorNode node) {
    return (VectorNode) rewrite(node);
  }

  private List<ScalarNode> scalars(List<ScalarNode> nodes) {
    return nodes.stream().map(this::scalar).toList();
  }

  private RangeSource source(RangeSource source) {
    return switch (source) {
      case RangeSource.Stored stored -> stored;
      case RangeSource.Subquery subquery ->
          new RangeSource.Subquery(
              subquery.syntax(),
              rewrite(subquery.node()),
              subquery.range(),
              subquery.step(),
              subquery.shift());
    };
  }

  /** The same node over rewritten inputs. */
  default PlanNode overInputs(PlanNode node) {
    return switch (node) {
      case ScalarNode scalar -> scalarOverInputs(scalar);
      case VectorNode vector -> vectorOverInputs(vector);
      case PlanNode.Matrix(RangeSource source) -> new PlanNode.Matrix(source(source));
      case PlanNode.Text text -> text;
    };
  }

  private ScalarNode scalarOverInputs(ScalarNode node) {
    return switch (node) {
      case PlanNode.Constant constant -> constant;
      case PlanNode.TimeCall call -> call;
      case PlanNode.NegateScalar(var inner) -> new PlanNode.NegateScalar(scalar(inner));
      case PlanNode.ScalarBinary(var syntax, var left, var right) ->
          new PlanNode.ScalarBinary(syntax, scalar(left), scalar(right));
      case PlanNode.ToScalar(var inner) -> new PlanNode.ToScalar(vector(inner));
      case PlanNode.InvariantScalar(var inner) -> new PlanNode.InvariantScalar(scalar(inner));
    };
  }

  private VectorNode vectorOverInputs(VectorNode node) {
    return switch (node) {
      case PlanNode.InstantSelect select -> select;
      case PlanNode.SampleTimes times -> times;
      case PlanNode.ToVector(var inner) -> new PlanNode.ToVector(scalar(inner));
      case PlanNode.RangeCall(var syntax, var function, var source, var parameters) ->
          new PlanNode.RangeCall(syntax, function, source(source), scalars(parameters));
      case PlanNode.SampleCall(var syntax, var function, var inner, var parameters) ->
          new PlanNode.SampleCall(syntax, function, vector(inner), scalars(parameters));
      case PlanNode.WholeCall(var syntax, var function, var arguments) ->
          new PlanNode.WholeCall(syntax, function, arguments.stream().map(this::rewrite).toList());
      case PlanNode.NegateVector(var inner) -> new PlanNode.NegateVector(vector(inner));
      case PlanNode.VectorScalar(var syntax, var inner, var scalar, var scalarIsLeft) ->
          new PlanNode.VectorScalar(syntax, vector(inner), scalar(scalar), scalarIsLeft);
      case PlanNode.VectorBinary(var syntax, var left, var right) ->
          new PlanNode.VectorBinary(syntax, vector(left), vector(right));
      case PlanNode.Aggregate(var syntax, var inner, var parameter) ->
          new PlanNode.Aggregate(
              syntax, vector(inner), parameter == null ? null : rewrite(parameter));
      case PlanNode.InvariantVector(var inner) -> new PlanNode.InvariantVector(vector(inner));
    };
  }
}
