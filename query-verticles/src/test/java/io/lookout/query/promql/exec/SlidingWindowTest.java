package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window that slides sees what a window sees that is laid anew at each step. */
class SlidingWindowTest {
  private static final Labels SERIES = Labels.of("__name__", "x");

  private final SplittableRandom random = new SplittableRandom(99);

  /** Gaps, bursts, resets, start timestamps, markers. */
  private MemorySource irregular() {
    SampleColumns samples = new SampleColumns();
    long time = 0;
    double value = 0;
    for (int i = 0; i < 600; i++) {
      time +=
          switch (random.nextInt(20)) {
            case 0 -> 200_000;
            case 1, 2 -> 1 + random.nextInt(10);
            case 3 -> 7_000 + random.nextInt(20_000);
            default -> 15_000;
          };
      value = random.nextInt(25) == 0 ? random.nextInt(3) : value + random.nextInt(100);
      samples.add(time, random.nextInt(40) == 0 ? SampleColumns.STALE_NAN : value);
    }
    return new MemorySource().with(SERIES, samples);
  }

  private static List<SeriesSteps> evaluate(MemorySource source, String expr, Query query) {
    QueryResult result =
        Engine.singleThreaded()
            .evaluate(
                Planner.plan(PromqlParser.parse(expr), query),
                source,
                Limits.NONE,
                Cancellation.NEVER);
    return result.value() instanceof QueryResult.Matrix matrix
        ? matrix.series()
        : ((QueryResult.Vector) result.value()).series();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "increase(x[2m])",
        "rate(x[5m])",
        "irate(x[40s])",
        "resets(x[10m])",
        "changes(x[3m])",
        "sum_over_time(x[1m])",
        "count_over_time(x[7m])",
        "max_over_time(x[1s])",
        "increase(x[2m] offset -1m)",
        "x"
      })
  void everyStepIsAsOneAlone(String expr) {
    for (int round = 0; round < 8; round++) {
      MemorySource source = irregular();
      long start = random.nextInt(1_000_000);
      long step = List.of(1_000L, 15_000L, 60_000L, 400_000L).get(round % 4);
      Query range = Query.range(start, start + 120 * step, step);
      List<SeriesSteps> slid = evaluate(source, expr, range);
      for (int i = 0; i <= 120; i++) {
        List<SeriesSteps> alone = evaluate(source, expr, Query.instant(start + i * step));
        boolean present = !slid.isEmpty() && slid.getFirst().present(i);
        assertThat(present).isEqualTo(!alone.isEmpty());
        if (present) {
          assertThat(slid.getFirst().values[i]).isEqualTo(alone.getFirst().values[0]);
        }
      }
    }
  }
}
