package io.lookout.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.histogram.HistogramBuilder;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.Selected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class GlanceTest {
  private static final long HOUR = 3_600_000;
  private static final long STEP = 15_000;

  private static final Query INSTANT = Query.instant(HOUR);
  private static final Query RANGE = Query.range(0, HOUR, STEP);

  private static QueryRequest request(String text, Query query) {
    Expr expr = PromqlParser.parse(text, Language.PROMQL);
    return new QueryRequest("t", text, expr, query, Duration.ofMinutes(1), false, Gaps.refused());
  }

  private static Plan plan(String text, Query query) {
    return Planner.plan(request(text, query).expr(), query);
  }

  /** An hour of so many series for each selection. */
  private static boolean is(String text, Query query, int series) {
    return is(plan(text, query), floats(), series);
  }

  private static boolean is(Plan plan, Chunk chunk, int series) {
    List<SeriesChunks> found = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "up", "i", "" + i));
      found.add(new SeriesChunks(key, List.of(chunk)));
    }
    Map<Selection, Selected> parts = new HashMap<>();
    plan.selections().forEach(each -> parts.put(each, new Selected(found, List.of())));
    return Glance.is(plan, parts);
  }

  private static Chunk hour(BiConsumer<SampleColumns, Long> sample) {
    SampleColumns samples = new SampleColumns();
    for (long time = 0; time <= HOUR; time += STEP) {
      sample.accept(samples, time);
    }
    return new ChunkEncoder().encode(samples, 0, samples.size);
  }

  private static Chunk floats() {
    return hour((samples, time) -> samples.add(time, 1));
  }

  @Test
  void smallQueriesAreSmall() {
    assertThat(is("sum by (job) (up)", INSTANT, 10)).isTrue();
    assertThat(is("up", RANGE, 10)).isTrue();
    assertThat(is("rate(up[5m])", RANGE, 1)).isTrue();
    assertThat(is("max_over_time(up[1h])", INSTANT, 20)).isTrue();
    assertThat(is("1 - up / up", RANGE, 5)).isTrue();
    assertThat(is("max_over_time(up[1h] @ end())", RANGE, 20)).isTrue();
    assertThat(is("42", RANGE, 0)).isTrue();
  }

  @Test
  void whatLooksAtMuchIsNot() {
    assertThat(is("up", RANGE, 100)).isFalse();
    assertThat(is("rate(up[5m])", RANGE, 10)).isFalse();
    assertThat(is("max_over_time(up[1h])", RANGE, 1)).isFalse();
    assertThat(is("1 - up / up + up * up", RANGE, 20)).isFalse();
  }

  @Test
  void aSubqueryMayBeAnything() {
    assertThat(Glance.mayBe(plan("max_over_time(up[5m:1m])", INSTANT))).isFalse();
    assertThat(Glance.mayBe(plan("1 + sum(rate(up[5m:1m]))", INSTANT))).isFalse();
    assertThat(Glance.mayBe(plan("up[5m:1m]", INSTANT))).isFalse();
    assertThat(Glance.mayBe(plan("up[5m]", INSTANT))).isTrue();
  }

  @Test
  void histogramsTakeMoreThanTheyCount() {
    NativeHistogram histogram =
        new HistogramBuilder().schema(0).count(1).sum(1).positive(0, 1).build();
    Plan plan = plan("sum(up)", INSTANT);
    assertThat(is(plan, floats(), 1)).isTrue();
    assertThat(is(plan, hour((samples, time) -> samples.add(time, histogram)), 1)).isFalse();
  }

  @Test
  void longExpressionsManyStepsAndManySelectionsAreForWorkers() {
    assertThat(Glance.mayBe(request("up", RANGE))).isTrue();
    assertThat(Glance.mayBe(request("up" + " + 1".repeat(100), RANGE))).isFalse();
    assertThat(Glance.mayBe(request("up", Query.range(0, HOUR, 100)))).isFalse();
    assertThat(Glance.mayBe(request("up", Query.range(0, Long.MAX_VALUE / 2, 1)))).isFalse();
    assertThat(Glance.mayBe(plan("up + 1 + 1 + 1 + 1", Query.range(0, HOUR, 1000)))).isFalse();
    assertThat(Glance.mayBe(plan("a + b + c + d + e + f + g + h", INSTANT))).isTrue();
    assertThat(Glance.mayBe(plan("a + b + c + d + e + f + g + h + i", INSTANT))).isFalse();
  }
}
