package io.lookout.query.opentsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected answers were worked out by hand from OpenTSDB's documentation. */
class EvaluationTest {
  private final List<SeriesChunks> series = new ArrayList<>();

  /** Points as time in seconds and value, in turn. */
  private void add(String host, double... points) {
    add(Labels.of("__name__", "m", "host", host, "dc", "lga"), points);
  }

  private void add(Labels labels, double... points) {
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < points.length; i += 2) {
      samples.add((long) (points[i] * 1000), points[i + 1]);
    }
    series.add(
        new SeriesChunks(
            SeriesKey.of("t", labels),
            List.of(new ChunkEncoder().encode(samples, 0, samples.size))));
  }

  private String query(String m, String... more) {
    MultiMap parameters = MultiMap.caseInsensitiveMultiMap().add("m", m);
    for (int i = 0; i < more.length; i += 2) {
      parameters.set(more[i], more[i + 1]);
    }
    if (!parameters.contains("start")) {
      parameters.set("start", "0").set("end", "100");
    }
    return answer(QueryBody.ofUri(parameters, 1_000_000));
  }

  private String answer(TsdbQuery query) {
    List<ResultSeries> results =
        new Evaluation(query, 0, new Evaluation.Bounds(10_000, () -> {})).of(series);
    return new ResultJson(query).of(results);
  }

  private static String dps(String json) {
    return json.replaceAll(".*\"dps\":(.*)}]", "$1");
  }

  /** On its straight line a is 15 at 20 s and 25 at 30 s. */
  private void linesThatMeet() {
    add("a", 10, 5, 40, 35);
    add("b", 20, 20, 30, 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "sum;{'10':5,'20':35,'30':45,'40':35}",
        "zimsum;{'10':5,'20':20,'30':20,'40':35}",
        "avg;{'10':5,'20':17.5,'30':22.5,'40':35}",
        "min;{'10':5,'20':15,'30':20,'40':35}",
        "mimmin;{'10':5,'20':20,'30':20,'40':35}",
        "max;{'10':5,'20':20,'30':25,'40':35}",
        "mimmax;{'10':5,'20':20,'30':20,'40':35}",
        "count;{'10':1,'20':1,'30':1,'40':1}",
        "dev;{'10':0,'20':3.5355339059327378,'30':3.5355339059327378,'40':0}",
        "diff;{'10':0,'20':5,'30':5,'40':0}",
        "mult;{'10':5,'20':300,'30':500,'40':35}",
        "median;{'10':5,'20':20,'30':25,'40':35}",
        "p50;{'10':5,'20':17.5,'30':22.5,'40':35}",
        "squareSum;{'10':25,'20':400,'30':400,'40':1225}",
        "first;{'10':5,'20':20,'30':20,'40':35}"
      })
  void betweenTheirPointsSeriesCountAsTheAggregatorSays(String aggregator, String expected) {
    linesThatMeet();
    assertThat(dps(query(aggregator + ":m"))).isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void tagsThatAllShareAreTagsAndTheOthersAreAggregated() {
    add(Labels.of("__name__", "m", "host", "a", "dc", "lga", "rack", "1"), 10, 1);
    add(Labels.of("__name__", "m", "host", "b", "dc", "lga"), 10, 2);
    assertThat(query("sum:m"))
        .isEqualTo(
            "[{\"metric\":\"m\",\"tags\":{\"dc\":\"lga\"},\"aggregateTags\":[\"host\"],"
                + "\"aggregatedTags\":[\"host\"],\"dps\":{\"10\":3}}]");
  }

  @Test
  void seriesAreGroupedByTheTagsOfTheFirstBraces() {
    linesThatMeet();
    assertThat(query("sum:m{host=*}"))
        .contains("\"host\":\"a\"},\"aggregateTags\":[]")
        .contains("{\"10\":5,\"40\":35}")
        .contains("{\"20\":20,\"30\":20}");
    assertThat(query("sum:m{dc=lga}{host=*}")).contains("\"20\":35");
    assertThat(query("none:m")).contains("{\"10\":5,\"40\":35}").contains("{\"20\":20");
  }

  @Test
  void intervalsBeginAtMultiplesOfTheirLengthAndCountWhole() {
    add("a", 5, 1, 12, 2, 18, 4, 21, 8, 39, 16, 41, 32);
    String[] range = {"start", "7", "end", "30"};
    assertThat(dps(query("sum:10s-sum:m", range)))
        .as("the interval of the start does not count, that of the end does whole")
        .isEqualTo("{\"10\":6,\"20\":8,\"30\":16}");
    assertThat(dps(query("sum:10s-avg:m", range))).isEqualTo("{\"10\":3,\"20\":8,\"30\":16}");
    assertThat(dps(query("sum:0all-sum:m", range))).isEqualTo("{\"7\":14}");
  }

  @Test
  void intervalsWithoutPointsAreFilledAsIsAskedFor() {
    add("a", 10, 1, 30, 3);
    String[] range = {"start", "10", "end", "40"};
    assertThat(dps(query("sum:10s-sum-none:m", range))).isEqualTo("{\"10\":1,\"30\":3}");
    assertThat(dps(query("sum:10s-sum-zero:m", range)))
        .isEqualTo("{\"10\":1,\"20\":0,\"30\":3,\"40\":0}");
    assertThat(dps(query("sum:10s-sum-nan:m", range)))
        .isEqualTo("{\"10\":1,\"20\":\"NaN\",\"30\":3,\"40\":\"NaN\"}");
    assertThat(dps(query("sum:10s-sum-null:m", range))).contains("\"20\":null");
    assertThat(dps(query("sum:10s-sum-scalar#7.5:m", range))).contains("\"20\":7.5");
  }

  @Test
  void ratesAreOfASecondAndCountersBeginAgain() {
    add("a", 10, 100, 20, 160, 30, 20, 40, 30);
    assertThat(dps(query("sum:rate:m"))).isEqualTo("{\"20\":6,\"30\":-14,\"40\":1}");
    assertThat(dps(query("sum:rate{counter,255}:m")))
        .as("(255 - 160 + 20) / 10")
        .isEqualTo("{\"20\":6,\"30\":11.5,\"40\":1}");
    assertThat(dps(query("sum:rate{counter,255,10}:m"))).isEqualTo("{\"20\":6,\"30\":0,\"40\":1}");
    assertThat(dps(query("sum:rate{dropcounter}:m"))).isEqualTo("{\"20\":6,\"40\":1}");
    assertThat(dps(query("sum:rate:20s-max:m", "start", "0", "end", "50")))
        .as("20 s: 160, 40 s: 30, and 0 s: 100")
        .isEqualTo("{\"20\":3,\"40\":-6.5}");
  }

  @Test
  void millisecondsAreKeptWhereTheyAreWantedAndElseBecomeSeconds() {
    add("a", 10.1, 1, 10.9, 2);
    assertThat(dps(query("sum:m", "start", "0", "end", "20", "ms", "")))
        .isEqualTo("{\"10100\":1,\"10900\":2}");
    assertThat(dps(query("sum:m"))).isEqualTo("{\"10\":3}");
    assertThat(dps(query("avg:m"))).isEqualTo("{\"10\":1.5}");
    assertThat(dps(query("sum:m", "start", "0", "end", "20", "arrays", "true", "ms", "")))
        .isEqualTo("[[10100,1],[10900,2]]");
  }

  @Test
  void explicitTagsLeaveOutSeriesWithOthers() {
    add("a", 10, 1);
    add(Labels.of("__name__", "m", "host", "b"), 10, 2);
    assertThat(dps(query("sum:explicit_tags:m{host=*}"))).isEqualTo("{\"10\":2}");
  }

  @Test
  void whatIsTooMuchIsRefused() {
    add("a", 10, 1, 20, 2);
    add("b", 11, 1, 21, 2);
    TsdbQuery query =
        QueryBody.ofUri(
            MultiMap.caseInsensitiveMultiMap().add("m", "sum:m").add("start", "0"), 100_000);
    assertThatThrownBy(
            () -> new Evaluation(query, 0, new Evaluation.Bounds(3, () -> {})).of(series))
        .isInstanceOf(LookoutException.class)
        .hasMessageContaining("query.samples.max");
    assertThatThrownBy(
            () -> new Evaluation(query, 0, new Evaluation.Bounds(7, () -> {})).of(series))
        .hasMessageContaining("downsample");
    assertThatThrownBy(() -> query("sum:1ms-sum-zero:m", "start", "0", "end", "2001"))
        .hasMessageContaining("intervals");
  }
}
