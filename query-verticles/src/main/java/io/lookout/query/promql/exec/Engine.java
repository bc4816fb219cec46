package io.lookout.query.promql.exec;

import io.lookout.model.LookoutException;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.PlanNode;
import io.lookout.query.promql.plan.PlanNode.ScalarNode;
import io.lookout.query.promql.plan.PlanNode.VectorNode;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.Annotation;
import io.lookout.query.promql.value.Annotations;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates plans over fetched samples. Blocks and computes: to be called from a worker thread,
 * which takes part in the work.
 */
public final class Engine {
  private final Workers workers;

  /**
   * @param executor where further threads come from; may refuse
   * @param parallelism threads a query may use, the calling one included
   */
  public Engine(Executor executor, int parallelism) {
    this.workers = new Workers(executor, parallelism);
  }

  /** Evaluates on the calling thread alone. */
  public static Engine singleThreaded() {
    return new Engine(Runnable::run, 1);
  }

  /**
   * The answer.
   *
   * @param source has the samples of all {@link Plan#selections}
   * @throws LookoutException with {@code EXECUTION} where the expression fails on these samples or
   *     a limit is exceeded, and with what the cancellation throws
   */
  public QueryResult evaluate(
      Plan plan, SampleSource source, Limits limits, Cancellation cancellation) {
    return evaluate(plan, source, limits, cancellation, null);
  }

  /**
   * The same, explained.
   *
   * @param profile counts what the operators do; null for nothing counted
   */
  public QueryResult evaluate(
      Plan plan,
      SampleSource source,
      Limits limits,
      Cancellation cancellation,
      @Nullable Profile profile) {
    Budget budget = new Budget(limits, cancellation);
    Evaluation evaluation =
        new Evaluation(plan, source, workers, budget, new Annotations(), profile);
    QueryResult.Value value = value(plan, new Evaluator(evaluation), evaluation);
    Annotations annotations = evaluation.annotations();
    return new QueryResult(
        value,
        annotations.of(Annotation.Kind.WARNING),
        annotations.of(Annotation.Kind.INFO),
        budget.samplesRead());
  }

  private static QueryResult.Value value(Plan plan, Evaluator evaluator, Evaluation evaluation) {
    Query query = plan.query();
    Steps steps = query.steps();
    return switch (plan.root()) {
      case PlanNode.Text text -> new QueryResult.Text(steps.start(), text.value());
      case PlanNode.Matrix matrix -> evaluator.samples(matrix, steps);
      case ScalarNode scalar -> scalar(evaluator.scalar(scalar, steps), query);
      case VectorNode vector -> {
        SeriesStream stream = evaluator.vector(vector, steps);
        evaluation.budget().points((long) stream.size() * steps.count());
        List<SeriesSteps> series =
            FinalSeries.of(Materializer.all(stream, evaluation), plan.ordered());
        yield query.instant()
            ? new QueryResult.Vector(steps.start(), series)
            : new QueryResult.Matrix(steps, FinalSeries.sorted(series));
      }
    };
  }

  private static QueryResult.Value scalar(double[] values, Query query) {
    return query.instant()
        ? new QueryResult.Scalar(query.steps().start(), values[0])
        : new QueryResult.Matrix(query.steps(), List.of(Evaluator.unlabelled(values)));
  }
}
