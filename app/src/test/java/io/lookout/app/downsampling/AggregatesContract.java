package io.lookout.app.downsampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.lookout.app.protocols.RunningLookout;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered from aggregates is what the samples say; two instances have the same ones. */
abstract class AggregatesContract {
  private static final long HOUR = 3_600_000;
  private static final long MINUTE = 60_000;
  private static final List<String> PROMPT =
      List.of(
          "storage.shards=1",
          "storage.late.delay=1s",
          "storage.seal.delay=1s",
          "storage.compaction.interval=300ms",
          "storage.compaction.delay=1s");

  private static final List<String> EXACT =
      List.of(
          "requests_total",
          "timestamp(temperature)",
          "min_over_time(temperature[1h])",
          "max_over_time(temperature[10m])",
          "count_over_time(requests_total[2h])",
          "count_over_time(sizes[2h])",
          "last_over_time(requests_total[1h])",
          "first_over_time(requests_total[1h])",
          "present_over_time(requests_total[5m])",
          "absent_over_time(requests_total{instance=\"host-0\"}[5m])",
          "sum_over_time(requests_total[1h])",
          "histogram_sum(increase(sizes[1h]))",
          "max_over_time(temperature[1h] offset 1h)");

  private static final List<String> CLOSE =
      List.of(
          "rate(requests_total[5m])",
          "sum(increase(requests_total[1h]))",
          "delta(temperature[1h])",
          "avg_over_time(temperature[2h])",
          "sum_over_time(temperature[1h])",
          "rate(requests_total[1h]) / count_over_time(requests_total[1h])",
          "max_over_time(rate(requests_total[5m])[1h:5m])");

  private final long today = System.currentTimeMillis() / History.DAY * History.DAY;
  private final long end = today - History.DAY;
  private final long start = end - 2 * History.DAY;
  @TempDir Path directory;

  /** The settings of the block store of an instance. */
  abstract List<String> store(String instance);

  /** Looks at what the stores of an instance hold, when aggregates have been made. */
  void lookInto(String instance) {}

  private RunningLookout start(String instance, String... settings) {
    List<String> all = new ArrayList<>(PROMPT);
    all.addAll(store(instance));
    all.addAll(List.of(settings));
    return RunningLookout.start(directory.resolve(instance), all.toArray(String[]::new));
  }

  @Test
  void aggregatesAnswerAsSamplesDo() throws IOException, InterruptedException {
    try (RunningLookout plain = start("plain");
        RunningLookout both = start("both", "storage.downsampling=true")) {
      new History(start, end).writeTo(plain.url());
      new History(start, end).writeTo(both.url());
      awaitDownsampled(both);
      lookInto("both");
      for (long step : new long[] {5 * MINUTE, HOUR}) {
        EXACT.forEach(each -> assertSame(plain, both, each, step, 0));
        CLOSE.forEach(each -> assertSame(plain, both, each, step, 1e-10));
      }
      assertThat(resolutions(both, "rate(requests_total[1h])", HOUR)).isEqualTo("[\"1h\"]");
      assertThat(resolutions(both, "rate(requests_total[1h])", 15 * MINUTE)).isEqualTo("[\"5m\"]");
      assertThat(resolutions(both, "rate(requests_total[90s])", HOUR)).isEqualTo("[]");
      assertThat(resolutions(both, "quantile_over_time(0.5, temperature[1h])", HOUR))
          .isEqualTo("[]");
      assertThat(resolutions(plain, "rate(requests_total[1h])", HOUR)).isEqualTo("[]");
    }
    pastRetention();
  }

  /** The samples are dropped, the aggregates of 5 minutes stay. */
  private void pastRetention() {
    try (RunningLookout old =
        start(
            "both",
            "storage.downsampling=true",
            "storage.retention=1h",
            "storage.retention.5m=30d")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !values(old, "requests_total", HOUR).isEmpty());
      assertThat(resolutions(old, "quantile_over_time(0.5, temperature[1h])", HOUR))
          .isEqualTo("[\"5m\"]");
      assertThat(values(old, "rate(requests_total[7m])", 7 * MINUTE)).isNotEmpty();
      assertThat(old.get("/api/v1/label/instance/values?start=" + start / 1000).body())
          .contains("host-2");
      assertThat(old.get("/api/v1/labels?start=" + start / 1000).body())
          .contains("instance")
          .doesNotContain("__aggregate__");
      assertThat(old.get("/api/v1/series?match[]=temperature&start=" + start / 1000).body())
          .contains("host-1")
          .doesNotContain("__aggregate__");
    }
  }

  /**
   * A day without samples has aggregates at once, as many as there are: that all days have them is
   * seen from how little is read.
   */
  private void awaitDownsampled(RunningLookout lookout) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            resolutions(lookout, "sum(requests_total)", HOUR).equals("[\"1h\"]")
                && samplesRead(lookout, "sum(requests_total)") < History.SAMPLES_A_DAY);
  }

  private long samplesRead(RunningLookout lookout, String query) {
    return range(lookout, query, HOUR)
        .getJsonObject("stats")
        .getJsonObject("samples")
        .getLong("totalQueryableSamples");
  }

  private void assertSame(
      RunningLookout plain, RunningLookout both, String query, long step, double within) {
    Map<String, Double> expected = values(plain, query, step);
    Map<String, Double> actual = values(both, query, step);
    assertThat(expected).as(query).isNotEmpty();
    assertThat(actual.keySet()).as(query).isEqualTo(expected.keySet());
    actual.forEach((place, value) -> {
      if (within == 0) {
        assertThat(value).as(query + " " + place).isEqualTo(expected.get(place));
      } else {
        assertThat(value)
            .as(query + " " + place)
            .isCloseTo(expected.get(place), withPercentage(within * 100));
      }
    });
  }

  /** By series and time. */
  private Map<String, Double> values(RunningLookout lookout, String query, long step) {
    TreeMap<String, Double> values = new TreeMap<>();
    JsonArray result = range(lookout, query, step).getJsonArray("result");
    for (int i = 0; i < result.size(); i++) {
      JsonArray points = result.getJsonObject(i).getJsonArray("values");
      for (int j = 0; j < points.size(); j++) {
        JsonArray point = points.getJsonArray(j);
        values.put(
            result.getJsonObject(i).getJsonObject("metric").encode() + point.getLong(0),
            Double.parseDouble(point.getString(1)));
      }
    }
    return values;
  }

  private String resolutions(RunningLookout lookout, String query, long step) {
    return range(lookout, query, step)
        .getJsonObject("stats")
        .getJsonArray("downsampled", new JsonArray())
        .encode();
  }

  private JsonObject range(RunningLookout lookout, String query, long step) {
    // The last point sees samples after the last span too.
    long last = end + 2 * HOUR;
    HttpResponse<String> response =
        lookout.get(
            "/api/v1/query_range?stats=all&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8)
                + "&start="
                + start / 1000
                + "&end="
                + last / 1000
                + "&step="
                + step / 1000);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body()).getJsonObject("data");
  }
}
