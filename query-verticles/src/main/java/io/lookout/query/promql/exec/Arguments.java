package io.lookout.query.promql.exec;

import io.lookout.query.promql.function.CallSite;
import io.lookout.query.promql.function.VectorCall;
import io.lookout.query.promql.plan.PlanNode;
import io.lookout.query.promql.plan.PlanNode.ScalarNode;
import io.lookout.query.promql.plan.PlanNode.VectorNode;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.List;

/** Arguments of a function of whole vectors, evaluated when the function asks for them. */
record Arguments(Evaluator evaluator, Evaluation evaluation, PlanNode.WholeCall call, Steps steps)
    implements VectorCall {
  @Override
  public boolean instant() {
    return steps.start() == steps.end();
  }

  @Override
  public int arguments() {
    return call.arguments().size();
  }

  @Override
  public List<SeriesSteps> vector(int argument) {
    return switch (call.arguments().get(argument)) {
      case VectorNode vector -> Materializer.all(evaluator.vector(vector, steps), evaluation);
      case PlanNode other -> throw unexpected(argument, other);
    };
  }

  @Override
  public double[] scalar(int argument) {
    return switch (call.arguments().get(argument)) {
      case ScalarNode scalar -> evaluator.scalar(scalar, steps);
      case PlanNode other -> throw unexpected(argument, other);
    };
  }

  @Override
  public String string(int argument) {
    return switch (call.arguments().get(argument)) {
      case PlanNode.Text text -> text.value();
      case PlanNode other -> throw unexpected(argument, other);
    };
  }

  /** The parser has checked the types of arguments. */
  private IllegalStateException unexpected(int argument, PlanNode node) {
    return new IllegalStateException(
        "argument " + argument + " of " + call.function().name() + " is " + node);
  }

  @Override
  public CallSite site() {
    return evaluation.site(call.syntax());
  }
}
