package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final Query RANGE = Query.range(60_000, 120_000, 30_000);

  /** 100 counters from 0 to 120 s, 9 samples each; the last has ended after 45 s. */
  private final MemorySource source = new MemorySource();

  ProfileTest() {
    for (int i = 0; i < 100; i++) {
      double[] values = new double[i == 99 ? 4 : 9];
      Arrays.setAll(values, k -> k);
      source.with(Labels.of("__name__", "c_total", "i", Integer.toString(i)), values);
    }
  }

  private OperatorReport explain(Engine engine, String expr, Query query) {
    Plan plan = Planner.plan(PromqlParser.parse(expr), query);
    Profile profile = new Profile();
    engine.evaluate(plan, source, Limits.NONE, Cancellation.NEVER, profile);
    return profile.report(plan);
  }

  private List<String> lines(String expr, Query query) {
    List<String> lines = new ArrayList<>();
    append(explain(Engine.singleThreaded(), expr, query), "", lines);
    return lines;
  }

  private static void append(OperatorReport report, String indent, List<String> lines) {
    lines.add(
        String.format(
            "%s%s: %d series, %d samples, %d loaded",
            indent, report.operator(), report.series(), report.samples(), report.samplesLoaded()));
    report.inputs().forEach(input -> append(input, indent + "  ", lines));
  }

  @Test
  void operatorsCountSeriesAndSamples() {
    // Windows reach from 1 ms after 0 to 120 s: 8 samples of 99 series, 3 of the last.
    assertThat(lines("sum(rate(c_total[1m])) * 2", RANGE))
        .containsExactly(
            "vector * scalar: 1 series, 3 samples, 0 loaded",
            "  sum: 1 series, 3 samples, 0 loaded",
            "    rate over #0[__name__=\"c_total\"] window 60000 ms: 100 series, 298 samples, 795"
                + " loaded",
            "  constant 2: 1 series, 3 samples, 0 loaded");
  }

  @Test
  void theSameSelectorTwiceIsCountedApart() {
    assertThat(lines("c_total{i=\"1\"} / c_total{i=\"1\"}", Query.instant(60_000)))
        .containsExactly(
            "vector / vector: 1 series, 1 samples, 0 loaded",
            "  select #0[i=\"1\", __name__=\"c_total\"]: 1 series, 1 samples, 5 loaded",
            "  select #0[i=\"1\", __name__=\"c_total\"]: 1 series, 1 samples, 5 loaded");
  }

  @Test
  void subqueriesAndTimesAreCounted() {
    assertThat(lines("max_over_time(timestamp(c_total{i=\"1\"})[1m:30s])", Query.instant(60_000)))
        .containsExactly(
            "max_over_time over subquery window 60000 ms every 30000 ms: 1 series, 1 samples, 0"
                + " loaded",
            "  sample times: 1 series, 2 samples, 0 loaded",
            "    select #0[i=\"1\", __name__=\"c_total\"]: 1 series, 2 samples, 5 loaded");
    assertThat(lines("c_total{i=\"1\"}[30s]", Query.instant(60_000)))
        .containsExactly(
            "samples of #0[i=\"1\", __name__=\"c_total\"] window 30000 ms: 1 series, 2 samples, 2"
                + " loaded");
    assertThat(lines("\"text\"", Query.instant(0)))
        .containsExactly("text \"text\": 0 series, 0 samples, 0 loaded");
  }

  @Test
  void anOperatorTakesAsLongAsItsInputsWhateverTheThreads() {
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      Engine parallel = new Engine(pool, 4);
      OperatorReport sum = explain(parallel, "sum by (i) (rate(c_total[1m]) + c_total)", RANGE);
      OperatorReport pairs = sum.inputs().getFirst();
      assertThat(sum.nanos()).isGreaterThanOrEqualTo(pairs.nanos());
      assertThat(pairs.nanos())
          .isGreaterThanOrEqualTo(pairs.inputs().stream().mapToLong(OperatorReport::nanos).sum())
          .isPositive();
    }
  }

  @Test
  void explainingChangesNoAnswer() {
    Engine engine = Engine.singleThreaded();
    for (String expr :
        List.of("topk(2, c_total)", "c_total or -c_total", "sort(c_total)", "absent(c_total)")) {
      Plan plan = Planner.plan(PromqlParser.parse(expr), RANGE);
      QueryResult plain = engine.evaluate(plan, source, Limits.NONE, Cancellation.NEVER);
      QueryResult explained =
          engine.evaluate(plan, source, Limits.NONE, Cancellation.NEVER, new Profile());
      assertThat(text(explained)).as(expr).isEqualTo(text(plain));
      assertThat(explained.samplesRead()).isEqualTo(plain.samplesRead());
    }
  }

  private static List<String> text(QueryResult result) {
    List<SeriesSteps> series = ((QueryResult.Matrix) result.value()).series();
    return series.stream().map(each -> each.labels() + Arrays.toString(each.values)).toList();
  }
}
