package io.lookout.query.promql.plan;

import io.lookout.query.promql.ast.AggregateExpr;
import io.lookout.query.promql.ast.BinaryExpr;
import io.lookout.query.promql.ast.Call;
import io.lookout.query.promql.ast.VectorSelector;
import io.lookout.query.promql.function.FunctionEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of an evaluation. Scalars and vectors are apart: a node is one or the other, and binary
 * operators are different nodes for different sides.
 */
public sealed interface PlanNode {
  /** What it is evaluated from, left to right. */
  List<PlanNode> inputs();

  /** Gives a value a step. */
  sealed interface ScalarNode extends PlanNode {}

  /** Gives series. */
  sealed interface VectorNode extends PlanNode {}

  /** A number. */
  record Constant(double value) implements ScalarNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }
  }

  /** A string. */
  record Text(String value) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }
  }

  /** A scalar function without arguments. */
  record TimeCall(FunctionEntry function) implements ScalarNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }
  }

  /** {@code -scalar}. */
  record NegateScalar(ScalarNode scalar) implements ScalarNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(scalar);
    }
  }

  /** An operator between two scalars. */
  record ScalarBinary(BinaryExpr syntax, ScalarNode left, ScalarNode right) implements ScalarNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(left, right);
    }
  }

  /** {@code scalar(vector)}. */
  record ToScalar(VectorNode vector) implements ScalarNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(vector);
    }
  }

  /** A scalar that is the same at all steps: computed once. */
  record InvariantScalar(ScalarNode scalar) implements ScalarNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(scalar);
    }
  }

  /**
   * The last sample of each series at each step.
   *
   * @param selection index into {@link Plan#selections}
   * @param statistics whether nobody looks at the buckets of histograms
   */
  record InstantSelect(VectorSelector syntax, int selection, TimeShift shift, boolean statistics)
      implements VectorNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }
  }

  /** {@code timestamp(selector)}: when those samples were taken. */
  record SampleTimes(InstantSelect select) implements VectorNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(select);
    }
  }

  /** {@code vector(scalar)}. */
  record ToVector(ScalarNode scalar) implements VectorNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(scalar);
    }
  }

  /** A function of windows. */
  record RangeCall(
      Call syntax, FunctionEntry function, RangeSource source, List<ScalarNode> parameters)
      implements VectorNode {
    public RangeCall {
      parameters = List.copyOf(parameters);
    }

    @Override
    public List<PlanNode> inputs() {
      return source instanceof RangeSource.Subquery subquery
          ? Inputs.of(subquery.node(), parameters)
          : List.copyOf(parameters);
    }
  }

  /** A function of single samples. */
  record SampleCall(
      Call syntax, FunctionEntry function, VectorNode vector, List<ScalarNode> parameters)
      implements VectorNode {
    public SampleCall {
      parameters = List.copyOf(parameters);
    }

    @Override
    public List<PlanNode> inputs() {
      return Inputs.of(vector, parameters);
    }
  }

  /** A function of whole vectors. */
  record WholeCall(Call syntax, FunctionEntry function, List<PlanNode> arguments)
      implements VectorNode {
    public WholeCall {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<PlanNode> inputs() {
      return arguments;
    }
  }

  /** {@code -vector}. */
  record NegateVector(VectorNode vector) implements VectorNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(vector);
    }
  }

  /** An operator between a vector and a scalar. */
  record VectorScalar(BinaryExpr syntax, VectorNode vector, ScalarNode scalar, boolean scalarIsLeft)
      implements VectorNode {
    @Override
    public List<PlanNode> inputs() {
      return scalarIsLeft ? List.of(scalar, vector) : List.of(vector, scalar);
    }
  }

  /** An operator between two vectors, set operators included. */
  record VectorBinary(BinaryExpr syntax, VectorNode left, VectorNode right) implements VectorNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(left, right);
    }
  }

  /** An aggregation. */
  record Aggregate(AggregateExpr syntax, VectorNode vector, @Nullable PlanNode parameter)
      implements VectorNode {
    @Override
    public List<PlanNode> inputs() {
      return parameter == null ? List.of(vector) : List.of(parameter, vector);
    }
  }

  /** A vector that is the same at all steps: computed once. */
  record InvariantVector(VectorNode vector) implements VectorNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(vector);
    }
  }

  /** A range vector as the result of an instant query. */
  record Matrix(RangeSource source) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
      return source instanceof RangeSource.Subquery subquery ? List.of(subquery.node()) : List.of();
    }
  }
}
