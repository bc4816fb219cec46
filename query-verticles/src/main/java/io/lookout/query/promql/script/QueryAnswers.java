package io.lookout.query.promql.script;

import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.exec.Cancellation;
import io.lookout.query.promql.exec.Engine;
import io.lookout.query.promql.exec.Limits;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.exec.SampleSource;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.Annotation;
import io.lookout.query.promql.value.SeriesSteps;
import io.lookout.query.promql.value.Steps;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Parses, plans and evaluates, for storages that can say what a plan selects. */
public final class QueryAnswers {
  /** As Prometheus's own tests have it: counters are told by their names alone. */
  private static final Language LANGUAGE =
      new Language(Set.of(Feature.TYPE_AND_UNIT_LABELS), Set.of());

  private final Engine engine = Engine.singleThreaded();
  private final Function<Plan, SampleSource> fetch;

  /**
   * @param fetch the samples of all selections of a plan
   */
  public QueryAnswers(Function<Plan, SampleSource> fetch) {
    this.fetch = fetch;
  }

  /** The answer to an expression. */
  public Answer answer(String expression, Query query) {
    try {
      Plan plan = Planner.plan(PromqlParser.parse(expression), query.in(LANGUAGE));
      return answer(engine.evaluate(plan, fetch.apply(plan), Limits.NONE, Cancellation.NEVER));
    } catch (LookoutException e) {
      return new Answer.Failed(String.valueOf(e.getMessage()));
    }
  }

  private static Answer answer(QueryResult result) {
    return new Answer.Succeeded(
        value(result.value()), texts(result.warnings()), texts(result.infos()));
  }

  private static List<String> texts(List<Annotation> annotations) {
    return annotations.stream().map(Annotation::text).toList();
  }

  private static Answer.Value value(QueryResult.Value value) {
    return switch (value) {
      case QueryResult.Scalar scalar -> new Answer.Scalar(scalar.value());
      case QueryResult.Text text -> new Answer.Text(text.value());
      case QueryResult.Vector vector ->
          new Answer.Vector(series(vector.series(), Steps.instant(vector.time())));
      case QueryResult.Matrix matrix -> new Answer.Matrix(series(matrix.series(), matrix.steps()));
      case QueryResult.Samples samples ->
          new Answer.Matrix(
              samples.series().stream()
                  .map(s -> new Answer.Series(s.labels(), s.samples()))
                  .toList());
    };
  }

  private static List<Answer.Series> series(List<SeriesSteps> all, Steps steps) {
    return all.stream().map(s -> new Answer.Series(s.labels(), samples(s, steps))).toList();
  }

  private static SampleColumns samples(SeriesSteps series, Steps steps) {
    SampleColumns samples = new SampleColumns(series.size());
    for (int i = 0; i < series.size(); i++) {
      NativeHistogram histogram = series.histogram(i);
      if (histogram != null) {
        samples.add(steps.at(i), histogram);
      } else if (series.present(i)) {
        samples.add(steps.at(i), series.values[i]);
      }
    }
    return samples;
  }
}
