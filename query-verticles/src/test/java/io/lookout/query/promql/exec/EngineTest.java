package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static Labels series(String name, String job, int instance) {
    return Labels.of("__name__", name, "job", job, "instance", Integer.toString(instance));
  }

  private static MemorySource randomCounters(int count) {
    SplittableRandom random = new SplittableRandom(7);
    MemorySource source = new MemorySource();
    for (int i = 0; i < count; i++) {
      double[] values = new double[100];
      double value = 0;
      for (int k = 0; k < values.length; k++) {
        value = random.nextInt(50) == 0 ? 0 : value + random.nextDouble() * 10;
        values[k] = value;
      }
      source.with(series("requests_total", "job-" + i % 7, i), values);
    }
    return source;
  }

  private static QueryResult evaluate(
      Engine engine, MemorySource source, String expr, Query query) {
    Plan plan = Planner.plan(PromqlParser.parse(expr), query);
    return engine.evaluate(plan, source, Limits.NONE, Cancellation.NEVER);
  }

  private static List<String> text(QueryResult result) {
    QueryResult.Matrix matrix = (QueryResult.Matrix) result.value();
    return matrix.series().stream()
        .map(series -> series.labels() + " " + Arrays.toString(series.values))
        .toList();
  }

  @Test
  void resultsDoNotDependOnThreads() {
    MemorySource source = randomCounters(1_000);
    Query query = Query.range(300_000, 1_200_000, 30_000);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      Engine parallel = new Engine(pool, 5);
      for (String expr :
          List.of(
              "sum by (job) (rate(requests_total[5m]))",
              "avg(requests_total)",
              "stddev by (job) (requests_total)",
              "topk(3, requests_total)",
              "quantile(0.7, requests_total)",
              "rate(requests_total[1m])")) {
        assertThat(text(evaluate(parallel, source, expr, query)))
            .as(expr)
            .isEqualTo(text(evaluate(Engine.singleThreaded(), source, expr, query)));
      }
    }
  }

  @Test
  void theCallerDoesWhatTheExecutorRefuses() {
    Engine engine =
        new Engine(
            task -> {
              throw new RejectedExecutionException("full");
            },
            4);
    Query query = Query.range(300_000, 600_000, 60_000);
    assertThat(text(evaluate(engine, randomCounters(300), "count(requests_total)", query)))
        .containsExactly("{} [300.0, 300.0, 300.0, 300.0, 300.0, 300.0]");
  }

  @Test
  void rateIsExtrapolatedToTheEdges() {
    MemorySource source =
        new MemorySource().with(series("requests_total", "a", 1), 100, 115, 130, 145, 160);
    QueryResult result =
        evaluate(
            Engine.singleThreaded(), source, "rate(requests_total[1m])", Query.instant(60_000));
    QueryResult.Vector vector = (QueryResult.Vector) result.value();
    assertThat(vector.series()).hasSize(1);
    assertThat(vector.series().getFirst().values[0]).isCloseTo(1, within(1e-12));
    assertThat(vector.series().getFirst().labels())
        .isEqualTo(Labels.of("instance", "1", "job", "a"));
  }

  @Test
  void tooManySamplesAreRefused() {
    Plan plan = Planner.plan(PromqlParser.parse("requests_total"), Query.instant(600_000));
    assertThatThrownBy(() ->
            Engine.singleThreaded()
                .evaluate(
                    plan, randomCounters(100), new Limits(500, 100, 1_000), Cancellation.NEVER))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXECUTION))
        .hasMessageContaining("too many samples")
        .hasMessageContaining("query.samples.max is 500");
  }

  @Test
  void cancellationStopsTheEvaluation() {
    AtomicInteger asked = new AtomicInteger();
    Cancellation afterTen =
        () -> {
          if (asked.incrementAndGet() > 10) {
            throw new LookoutException(ErrorCode.CANCELED, "query was canceled");
          }
        };
    Plan plan =
        Planner.plan(PromqlParser.parse("sum(rate(requests_total[5m]))"), Query.instant(600_000));
    assertThatThrownBy(() ->
            Engine.singleThreaded().evaluate(plan, randomCounters(100), Limits.NONE, afterTen))
        .hasMessage("query was canceled");
    assertThat(asked).hasValue(11);
  }

  @Test
  void namesAreDroppedInTheEndAndMustNotMeetThen() {
    MemorySource source =
        new MemorySource().with(series("a", "x", 1), 1, 2).with(series("b", "x", 1), 3, 4);
    assertThatThrownBy(
            () -> evaluate(Engine.singleThreaded(), source, "-{job=\"x\"}", Query.instant(15_000)))
        .hasMessage("vector cannot contain metrics with the same labelset");
    QueryResult byName =
        evaluate(Engine.singleThreaded(), source, "count(-{job=\"x\"})", Query.instant(15_000));
    SeriesSteps count = ((QueryResult.Vector) byName.value()).series().getFirst();
    assertThat(count.values[0]).isEqualTo(2);
  }

  @Test
  void duplicatesOnTheOneSideAreToldByLabels() {
    MemorySource source =
        new MemorySource()
            .with(series("a", "x", 1), 1)
            .with(series("b", "x", 1), 1)
            .with(series("b", "x", 2), 1);
    assertThatThrownBy(
            () -> evaluate(Engine.singleThreaded(), source, "a * on (job) b", Query.instant(0)))
        .hasMessage(
            "found duplicate series for the match group {job=\"x\"} on the right hand-side of the"
                + " operation: [{__name__=\"b\", instance=\"2\", job=\"x\"}, {__name__=\"b\","
                + " instance=\"1\", job=\"x\"}];many-to-many matching not allowed: matching labels"
                + " must be unique on one side");
  }

  /** Whether labels alone decide who meets whom or not, the answer is the same. */
  @Test
  void churnOnEitherSideDoesNotChangeWhatMeets() {
    MemorySource plain = new MemorySource();
    MemorySource churned = new MemorySource();
    double gone = SeriesSteps.ABSENT;
    plain.with(series("a", "x", 1), 1, 2, 3, 4).with(series("b", "x", 1), 10, 20, 30, 40);
    churned
        .with(series("a", "x", 1), 1, 2, 3, 4)
        .with(Labels.of("__name__", "b", "job", "x", "instance", "1", "pod", "p"), 10, 20, gone)
        .with(
            Labels.of("__name__", "b", "job", "x", "instance", "1", "pod", "q"),
            gone,
            gone,
            30,
            40);
    Query query = Query.range(0, 45_000, 15_000);
    Engine engine = Engine.singleThreaded();
    for (String op : List.of("+", "<", "< bool", "/")) {
      assertThat(text(evaluate(engine, churned, "a " + op + " on (instance, job) b", query)))
          .as(op)
          .isEqualTo(text(evaluate(engine, plain, "a " + op + " on (instance, job) b", query)));
    }
    assertThat(text(evaluate(engine, plain, "a * on (job) group_left (instance) b", query)))
        .containsExactly("{instance=\"1\", job=\"x\"} [10.0, 40.0, 90.0, 160.0]");
  }

  @Test
  void whatIsKeptOnTheWayIsLimited() {
    // 100 series of 11 steps, 8 bytes each.
    Plan plan =
        Planner.plan(
            PromqlParser.parse("sort(requests_total)"), Query.range(300_000, 600_000, 30_000));
    Engine engine = Engine.singleThreaded();
    MemorySource source = randomCounters(100);
    engine.evaluate(plan, source, new Limits(100_000, 100_000, 8_800), Cancellation.NEVER);
    assertThatThrownBy(() ->
            engine.evaluate(plan, source, new Limits(100_000, 100_000, 8_799), Cancellation.NEVER))
        .isInstanceOf(LookoutException.class)
        .hasMessageContaining("query.memory.max (8799)");
  }

  @Test
  void whatIsFoldedIsNotKept() {
    Plan plan =
        Planner.plan(
            PromqlParser.parse("sum(rate(requests_total[5m]))"),
            Query.range(300_000, 600_000, 30_000));
    Engine.singleThreaded()
        .evaluate(
            plan, randomCounters(1_000), new Limits(1_000_000, 100_000, 200), Cancellation.NEVER);
  }
}
