package io.lookout.query.promql.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Matcher;
import io.lookout.query.promql.parse.PromqlParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  private static final Query RANGE = Query.range(1_000_000, 2_000_000, 60_000);

  private static Plan plan(String expr) {
    return Planner.plan(PromqlParser.parse(expr), RANGE);
  }

  @Test
  void aRateOfASelector() {
    assertThat(plan("sum by (job) (rate(up[5m] offset 1m))").text())
        .isEqualTo(
            """
            sum by [job]
              rate over #0[__name__="up"] window 300000 ms offset 60000
            """);
  }

  @Test
  void constantsAreFolded() {
    assertThat(plan("up * (60 * 60)").text())
        .isEqualTo(
            """
            vector * scalar
              select #0[__name__="up"]
              constant 3600
            """);
    assertThat(plan("-(2 ^ 10) + time()").text())
        .isEqualTo(
            """
            scalar +
              constant -1024
              time()
            """);
  }

  @Test
  void whatAFixedTimeDecidesIsDoneOnce() {
    assertThat(plan("up / sum(rate(up[5m] @ 1000))").text())
        .isEqualTo(
            """
            vector / vector
              select #0[__name__="up"]
              once
                sum
                  rate over #0[__name__="up"] window 300000 ms @ 1000000
            """);
  }

  @Test
  void timesOfSamplesAreFixedTimesOfStepsAreNot() {
    assertThat(plan("timestamp(up @ 1000)").text())
        .isEqualTo(
            """
            once
              sample times
                select #0[__name__="up"] @ 1000000
            """);
    assertThat(plan("timestamp(timestamp(up @ 1000))").text())
        .startsWith("timestamp of samples\n  once\n");
    assertThat(plan("predict_linear(up[5m] @ 1000, 60)").text()).startsWith("predict_linear over");
  }

  @Test
  void selectorsOfTheSameMatchersShareASelectionWhereTheirTimesTouch() {
    assertThat(plan("rate(up[5m]) / rate(up[1h])").selections())
        .containsExactly(
            new Selection(
                List.of(Matcher.equal("__name__", "up")), 1_000_000 - 3_600_000 + 1, 2_000_000));
    assertThat(plan("up - up offset 1w").selections()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          up                               | 700001  | 2000000
          up offset 5m                     | 400001  | 1700000
          up offset -5m                    | 1000001 | 2300000
          up @ 3000                        | 2700001 | 3000000
          up @ start()                     | 700001  | 1000000
          rate(up[10m])                    | 400001  | 2000000
          rate(up[10m] anchored)           | 100001  | 2000000
          rate(up[10m] smoothed)           | 100001  | 2300000
          max_over_time(up[10m:1m])        | 100001  | 2000000
          max_over_time(up[10m:1m] @ end() offset 1m) | 1040001 | 1940000
          """)
  void fetchesWhatWindowsMayWant(String expr, long minTime, long maxTime) {
    assertThat(plan(expr).selections())
        .containsExactly(new Selection(List.of(Matcher.equal("__name__", "up")), minTime, maxTime));
  }

  @Test
  void extendedRangesAreForFewFunctions() {
    assertThatThrownBy(() -> plan("max_over_time(up[5m] smoothed)"))
        .hasMessage(
            "smoothed modifier can only be used with: delta, increase, rate - not with"
                + " max_over_time");
  }

  @Test
  void aRangeQueryIsOfScalarsOrInstantVectors() {
    assertThatThrownBy(() -> plan("up[5m]"))
        .hasMessage(
            "invalid expression type \"range vector\" for range query, must be Scalar or instant"
                + " Vector");
  }
}
