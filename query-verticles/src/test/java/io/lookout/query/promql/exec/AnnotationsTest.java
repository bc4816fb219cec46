package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.Annotation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the query API shows of annotations: texts with details and positions. */
class AnnotationsTest {
  private static QueryResult evaluate(MemorySource source, String expr, Query query) {
    return Engine.singleThreaded()
        .evaluate(
            Planner.plan(PromqlParser.parse(expr), query), source, Limits.NONE, Cancellation.NEVER);
  }

  private static List<String> shown(List<Annotation> annotations, String expr) {
    return annotations.stream().map(each -> each.render(expr)).toList();
  }

  @Test
  void fixedBucketsComeWithWhereAndWhenAndHowMuch() {
    MemorySource source = new MemorySource();
    source.with(Labels.of("__name__", "x_bucket", "le", "1"), 500, 500, 0);
    source.with(Labels.of("__name__", "x_bucket", "le", "2.5"), 200, 400, 0);
    source.with(Labels.of("__name__", "x_bucket", "le", "4"), 376.5, 600, 0);
    source.with(Labels.of("__name__", "x_bucket", "le", "+Inf"), 600, 600, 1);
    String expr = "histogram_quantile(0.5,\n  x_bucket)";
    QueryResult result = evaluate(source, expr, Query.range(0, 20_000, 10_000));
    assertThat(shown(result.infos(), expr))
        .containsExactly(
            "PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see"
                + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
                + " for metric name \"x_bucket\", from buckets 2.5 to 4, with a max diff of 3e+02,"
                + " over 3 samples from 1970-01-01T00:00:00Z to 1970-01-01T00:00:20Z (2:3)");
  }

  @Test
  void aQuantileOutOfRangeStandsWhereTheParameterStands() {
    MemorySource source = new MemorySource();
    source.with(Labels.of("__name__", "x"), 1);
    String expr = "1 + quantile by (a) (\n1.5, x)";
    QueryResult result = evaluate(source, expr, Query.instant(0));
    assertThat(shown(result.warnings(), expr))
        .containsExactly("PromQL warning: quantile value should be between 0 and 1, got 1.5 (2:1)");
  }

  @Test
  void fixedBucketsAreToldOnceWhereverSeveralQuantilesAreAsked() {
    MemorySource source = new MemorySource();
    source.with(Labels.of("__name__", "x_bucket", "le", "1"), 500);
    source.with(Labels.of("__name__", "x_bucket", "le", "2.5"), 200);
    source.with(Labels.of("__name__", "x_bucket", "le", "+Inf"), 600);
    String expr = "histogram_quantiles(x_bucket, \"q\", 7, 0.5, 0.9)";
    QueryResult result = evaluate(source, expr, Query.instant(0));
    assertThat(shown(result.infos(), expr)).hasSize(1);
    assertThat(shown(result.infos(), expr).get(0))
        .contains("over 1 samples from 1970-01-01T00:00:00Z to 1970-01-01T00:00:00Z");
  }

  @Test
  void aTypeTellsACounterWhereTypesAreLookedAt() {
    MemorySource source = new MemorySource();
    source.with(Labels.of("__name__", "typed", "__type__", "counter"), 0, 60, 120);
    String expr = "rate(typed[5m])";
    Query query = Query.instant(30_000);
    assertThat(evaluate(source, expr, query).infos()).isEmpty();
    Language byName = new Language(Set.of(Feature.TYPE_AND_UNIT_LABELS), Set.of());
    assertThat(shown(evaluate(source, expr, query.in(byName)).infos(), expr))
        .containsExactly(
            "PromQL info: metric might not be a counter, name does not end in"
                + " _total/_sum/_count/_bucket: \"typed\" (1:6)");
  }

  @Test
  void aSortThatMeansNothingIsPointedAtAsAWhole() {
    MemorySource source = new MemorySource();
    source.with(Labels.of("__name__", "x"), 1, 2);
    String expr = "1 + sort(x)";
    QueryResult result = evaluate(source, expr, Query.range(0, 15_000, 15_000));
    assertThat(shown(result.warnings(), expr))
        .containsExactly(
            "PromQL warning: sort is ineffective for range queries since results are always ordered"
                + " by labels (1:5)");
  }

  @Test
  void whereAQuantileIsNanAtSomeStepOthersOutOfRangeGoUnsaidUnlessInfinite() {
    String said = "PromQL warning: quantile value should be between 0 and 1, got ";
    assertThat(warningsOfQuantiles(0.5, 2, -1))
        .containsExactly(said + "-1 (1:10)", said + "2 (1:10)");
    assertThat(warningsOfQuantiles(Double.NaN, 2, -1)).containsExactly(said + "NaN (1:10)");
    assertThat(warningsOfQuantiles(2, Double.NaN, Double.POSITIVE_INFINITY))
        .containsExactly(said + "+Inf (1:10)", said + "NaN (1:10)");
  }

  private static List<String> warningsOfQuantiles(double... quantiles) {
    MemorySource source = new MemorySource();
    source.with(Labels.of("__name__", "q"), quantiles);
    source.with(Labels.of("__name__", "x"), 1, 2, 3);
    String expr = "quantile(scalar(q), x)";
    Query range = Query.range(0, (quantiles.length - 1) * 15_000L, 15_000);
    return shown(evaluate(source, expr, range).warnings(), expr).stream().sorted().toList();
  }

  @Test
  void ofEqualTextsTheOneStandsThatIsEvaluatedLast() {
    assertThat(whereRateIsNoted("rate(x[5m]) / rate(x[10m])")).endsWith("\"x\" (1:20)");
    assertThat(whereRateIsNoted("rate(x[10m]) > rate(x[5m]) > rate(x[4m])"))
        .endsWith("\"x\" (1:35)");
    assertThat(whereRateIsNoted("sum(rate(x[10m]) + increase(x[5m])) + 1"))
        .endsWith("\"x\" (1:29)");
  }

  @Test
  void whatIsAroundAPartIsEvaluatedAfterItWhereverItsParameterStands() {
    MemorySource source = new MemorySource();
    source.with(Labels.of("__name__", "x"), 1, 2, 3);
    for (String expr :
        List.of(
            "quantile(2, quantile by (a) (2, x))", "quantile(2, quantile_over_time(2, x[1m]))")) {
      QueryResult result = evaluate(source, expr, Query.instant(20_000));
      assertThat(shown(result.warnings(), expr))
          .containsExactly(
              "PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)");
    }
  }

  private static String whereRateIsNoted(String expr) {
    MemorySource source = new MemorySource();
    source.with(Labels.of("__name__", "x"), 1, 2, 3, 4);
    List<String> infos = shown(evaluate(source, expr, Query.instant(30_000)).infos(), expr);
    assertThat(infos).hasSize(1);
    return infos.get(0);
  }
}
