package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set of the head, as senders and readers meet it. */
class HeadSettingsTest {
  @TempDir Path directory;

  private static void send(RunningLookout lookout, String path, String type, String body) {
    int status = lookout.post(path, body, "Content-Type", type).statusCode();
    assertThat(status).isBetween(200, 204);
  }

  @Test
  void theNewestExemplarsAreKept() {
    long now = System.currentTimeMillis() / 1000;
    try (RunningLookout lookout =
        RunningLookout.start(directory, "storage.shards=1", "storage.exemplars.max=2")) {
      for (long time : new long[] {now - 30, now - 10, now - 20}) {
        String line = "hits_total 1 " + time + " # {trace_id=\"t" + (now - time) + "\"} 1 " + time;
        String text = "# TYPE hits counter\n" + line + "\n# EOF\n";
        send(lookout, "/api/v1/import/prometheus", "application/openmetrics-text", text);
        send(lookout, "/api/v1/import/prometheus", "application/openmetrics-text", text);
      }
      String answer = lookout.get("/api/v1/query_exemplars?query=hits_total").body();
      JsonArray series = new JsonObject(answer).getJsonArray("data");
      assertThat(series).hasSize(1);
      JsonArray exemplars = series.getJsonObject(0).getJsonArray("exemplars");
      assertThat(
              List.of(
                  exemplars.getJsonObject(0).getJsonObject("labels").getString("trace_id"),
                  exemplars.getJsonObject(1).getJsonObject("labels").getString("trace_id")))
          .containsExactly("t20", "t10");
      assertThat(lookout.metric("lookout_storage_head_exemplars{shard=\"0\"}")).isEqualTo(2);
      assertThat(lookout.metric("lookout_storage_exemplars_appended_total{shard=\"0\"}"))
          .isEqualTo(3);
      assertThat(lookout.metric("lookout_storage_exemplars_dropped_total{shard=\"0\"}"))
          .isEqualTo(1);
    }
  }

  @Test
  void whatWasCountedBeforeTheFirstSampleCounts() {
    long now = System.currentTimeMillis();
    String sum =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
          {"name":"boots","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
            {"asDouble":5,"startTimeUnixNano":"%d000000","timeUnixNano":"%d000000"}]}},
          {"name":"heat","gauge":{"dataPoints":[
            {"asDouble":5,"startTimeUnixNano":"%d000000","timeUnixNano":"%d000000"}]}}]}]}]}
        """
            .formatted(now - 60_000, now - 30_000, now - 60_000, now - 30_000);
    try (RunningLookout lookout = RunningLookout.start(directory, "storage.start.zeros=true")) {
      send(lookout, "/v1/metrics", "application/json", sum);
      assertThat(lookout.value("count_over_time(boots_total[5m])")).isEqualTo(2);
      assertThat(lookout.value("min_over_time(boots_total[5m])")).isZero();
      assertThat(lookout.value("increase(boots_total[5m])")).isGreaterThanOrEqualTo(5);
      assertThat(lookout.value("count_over_time(heat[5m])")).as("a gauge").isEqualTo(1);
    }
  }
}
