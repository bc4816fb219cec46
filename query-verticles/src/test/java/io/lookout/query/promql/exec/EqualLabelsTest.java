package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where removed names leave several samples with the same labels: as Prometheus does, at a single
 * time that is an error in the result only, over a range at once.
 */
class EqualLabelsTest {
  private static final String TWICE =
      "({__name__=~\"first|second\"} + on (__name__, a) {__name__=~\"first|second\"})";
  private static final String EQUAL = "vector cannot contain metrics with the same labelset";

  private final MemorySource source =
      new MemorySource()
          .with(Labels.of("__name__", "first", "a", "1"), 1, 2)
          .with(Labels.of("__name__", "second", "a", "1"), 3, 4)
          .with(Labels.of("__name__", "other", "a", "2"), 5, 6)
          .with(Labels.of("__name__", "typed", "__type__", "counter", "a", "1"), 1, 2)
          .with(Labels.of("__name__", "typed", "__type__", "gauge", "a", "1"), 3, 4);

  private QueryResult.Value evaluate(String expr, Query query) {
    return Engine.singleThreaded()
        .evaluate(
            Planner.plan(PromqlParser.parse(expr), query), source, Limits.NONE, Cancellation.NEVER)
        .value();
  }

  private List<Double> values(String expr) {
    QueryResult.Vector vector = (QueryResult.Vector) evaluate(expr, Query.instant(15_000));
    return vector.series().stream().map((SeriesSteps series) -> series.values[0]).toList();
  }

  @Test
  void whatIsMadeOfThemIsNoneOfThem() {
    assertThat(values("sum(" + TWICE + ")")).containsExactly(12.0);
    assertThat(values("count by (a) (abs(" + TWICE + "))")).containsExactly(2.0);
    assertThat(values("topk(1, " + TWICE + ")")).containsExactly(8.0);
    assertThat(values("sum(" + TWICE + " or other)")).containsExactly(18.0);
    assertThat(values("sum(sort(" + TWICE + "))")).containsExactly(12.0);
    assertThat(values("sum(max_over_time(" + TWICE + "[10s:15s]))")).containsExactly(12.0);
    assertThat(values("sum(typed * ignoring (b) group_left () typed)")).containsExactly(20.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TWICE,
        "topk(2, " + TWICE + ")",
        "sum(label_replace(" + TWICE + ", \"b\", \"c\", \"\", \"\"))",
        "sum(max_over_time(" + TWICE + "[30s:15s]))",
        "typed * ignoring (b) group_left () typed"
      })
  void theyAreNoResult(String expr) {
    assertThatThrownBy(() -> evaluate(expr, Query.instant(15_000))).hasMessage(EQUAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TWICE,
        "sum(" + TWICE + ")",
        "sum(" + TWICE + " or other)",
        "sum(typed * ignoring (b) group_left () typed)"
      })
  void overARangeTheyAreNothing(String expr) {
    assertThatThrownBy(() -> evaluate(expr, Query.range(0, 15_000, 15_000))).hasMessage(EQUAL);
  }
}
