package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.query.promql.ast.Extension;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.Annotation;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanguageInEvaluationTest {
  private static final Language NAMES_GO_AT_ONCE =
      new Language(Set.of(Feature.DELAYED_NAME_REMOVAL), Set.of());
  private static final Language SOFALOOKOUT = new Language(Set.of(), Set.of(Extension.SOFALOOKOUT));

  private final MemorySource source = new MemorySource();

  private QueryResult evaluate(String expr, Language language) {
    Query query = Query.range(0, 45_000, 15_000).in(language);
    return Engine.singleThreaded()
        .evaluate(
            Planner.plan(PromqlParser.parse(expr, language), query),
            source,
            Limits.NONE,
            Cancellation.NEVER);
  }

  private List<String> series(String expr, Language language) {
    QueryResult.Matrix matrix = (QueryResult.Matrix) evaluate(expr, language).value();
    return matrix.series().stream().map(LanguageInEvaluationTest::text).toList();
  }

  private static String text(SeriesSteps series) {
    double[] present =
        Arrays.stream(series.values).filter(value -> !SeriesSteps.isAbsent(value)).toArray();
    return series.labels() + " " + Arrays.toString(present);
  }

  private static Labels labels(String metric, String name, String value) {
    return Labels.of("__name__", metric, name, value);
  }

  @Test
  void namesMayGoAtOnce() {
    source.with(labels("x", "a", "1"), 1, 2, 3, 4);
    String expr = "sum by (__name__) (-x)";
    assertThat(series(expr, Language.PROMQL)).containsExactly("{} [-1.0, -2.0, -3.0, -4.0]");
    assertThat(series(expr, NAMES_GO_AT_ONCE)).containsExactly("{} [-1.0, -2.0, -3.0, -4.0]");
    String replaced = "label_replace(-x, \"was\", \"$1\", \"__name__\", \"(.*)\")";
    assertThat(series(replaced, Language.PROMQL))
        .containsExactly("{a=\"1\", was=\"x\"} [-1.0, -2.0, -3.0, -4.0]");
    assertThat(series(replaced, NAMES_GO_AT_ONCE))
        .containsExactly("{a=\"1\"} [-1.0, -2.0, -3.0, -4.0]");
  }

  @Test
  void seriesThatDifferInTheirNamesAreRefusedWhereNamesGoAtOnce() {
    source.with(labels("x", "a", "1"), 1, 2);
    source.with(labels("y", "a", "1"), 3, 4);
    String expr = "sum(-{__name__=~\"x|y\"})";
    assertThat(series(expr, Language.PROMQL)).containsExactly("{} [-4.0, -6.0, -6.0, -6.0]");
    assertThatThrownBy(() -> evaluate(expr, NAMES_GO_AT_ONCE))
        .hasMessage("vector cannot contain metrics with the same labelset");
  }

  @Test
  void increase2CountsWithoutExtrapolation() {
    source.with(labels("x_total", "a", "1"), 10, 12, 3, 4);
    assertThat(series("increase2(x_total[1m])", SOFALOOKOUT))
        .containsExactly("{a=\"1\"} [2.0, 5.0, 6.0]");
  }

  @Test
  void sum2OverTimeKeepsTheName() {
    source.with(labels("x", "a", "1"), 1, 2, 3, 4);
    assertThat(series("sum2_over_time(x[30s])", SOFALOOKOUT))
        .containsExactly("x{a=\"1\"} [1.0, 3.0, 5.0, 7.0]");
  }

  @Test
  void zhistogramQuantileReadsBucketsThatCountTheirOwnRange() {
    source.with(labels("io.size.buckets", "_bucket", "0-100"), 4, 0, 0);
    source.with(labels("io.size.buckets", "_bucket", "100-300"), 4, 4, 0);
    source.with(labels("io.size.buckets", "_bucket", "300-"), 2, 4, 0);
    assertThat(series("zhistogram_quantile(0.5, {\"io.size.buckets\"})", SOFALOOKOUT))
        .containsExactly("{} [150.0, 300.0, NaN, NaN]");
    assertThat(series("zhistogram_quantile(1, {\"io.size.buckets\"})", SOFALOOKOUT))
        .containsExactly("{} [300.0, 300.0, NaN, NaN]");
    assertThat(series("zhistogram_quantile(0.25, {\"io.size.buckets\"})", SOFALOOKOUT))
        .containsExactly("{} [62.5, 200.0, NaN, NaN]");
  }

  @Test
  void bucketsWithoutARangeAreWarnedOf() {
    source.with(labels("x", "_bucket", "many"), 4);
    List<Annotation> warnings = evaluate("zhistogram_quantile(0.5, x)", SOFALOOKOUT).warnings();
    assertThat(warnings)
        .extracting(Annotation::text)
        .containsExactly(
            "PromQL warning: bucket label \"_bucket\" is missing or has a malformed value of"
                + " \"many\" for metric name \"x\"");
  }
}
