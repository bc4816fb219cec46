package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Pushgateway answers beside pushes, on the gateway port as on the main one. */
class PushgatewayApiTest {
  private static final String TEXT =
      """
      # TYPE rows_total counter
      # HELP rows_total Rows.
      rows_total{part="a"} 7
      # TYPE size histogram
      size_bucket{le="1"} 2
      size_bucket{le="+Inf"} 3
      size_sum 4.5
      size_count 3
      # TYPE lat summary
      lat{quantile="0.5",x="1"} 0.1
      lat_sum{x="1"} 1e-7
      lat_count{x="1"} 2
      plain 12345678
      """;

  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout = RunningLookout.start(directory, "ingest.pushed.admin=true");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  @BeforeEach
  void wipe() {
    assertThat(lookout.send("PUT", "/api/v1/admin/wipe", "").statusCode()).isEqualTo(202);
  }

  private static JsonArray groups(String... headers) {
    var answer = lookout.get("/api/v1/metrics", headers);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getString("status")).isEqualTo("success");
    return body.getJsonArray("data");
  }

  private static void metric(JsonObject group, String name, String type, String metric) {
    JsonObject family = group.getJsonObject(name);
    assertThat(family.getString("type")).isEqualTo(type);
    assertThat(Instant.parse(family.getString("time_stamp")))
        .isBefore(Instant.now().plusSeconds(1));
    assertThat(family.getJsonArray("metrics"))
        .isEqualTo(new JsonArray("[" + metric.replace('\'', '"') + "]"));
  }

  /** As Debian's Pushgateway 1.5.1 told the same push. */
  @Test
  void groupsAreTold() {
    assertThat(lookout.send("PUT", "/metrics/job/a/instance/i", TEXT).statusCode()).isEqualTo(200);
    assertThat(groups()).hasSize(1);
    JsonObject group = groups().getJsonObject(0);
    assertThat(group.getJsonObject("labels").encode()).contains("\"job\":\"a\"");
    assertThat(group.getBoolean("last_push_successful")).isTrue();
    String labels = "'labels':{'instance':'i','job':'a'";
    metric(group, "rows_total", "COUNTER", "{" + labels + ",'part':'a'},'value':'7'}");
    metric(
        group,
        "size",
        "HISTOGRAM",
        "{" + labels + "},'buckets':{'+Inf':'3','1':'2'},'count':'3','sum':'4.5'}");
    metric(
        group,
        "lat",
        "SUMMARY",
        "{" + labels + ",'x':'1'},'quantiles':{'0.5':'0.1'},'count':'2','sum':'1e-07'}");
    metric(group, "plain", "UNTYPED", "{" + labels + "},'value':'1.2345678e+07'}");
    metric(group, "push_failure_time_seconds", "GAUGE", "{" + labels + "},'value':'0'}");
    assertThat(group.getJsonObject("rows_total").getString("help")).isEqualTo("Rows.");
    assertThat(group.getJsonObject("push_time_seconds").encode()).contains("\"1.");
  }

  @Test
  void whatWasPushedLastCounts() {
    lookout.post("/metrics/job/a", "one 1\ntwo 2\n");
    lookout.post("/metrics/job/a", "one 3\n");
    lookout.post("/metrics/job/a", "one 4\none 5\n");
    JsonObject group = groups().getJsonObject(0);
    assertThat(group.getBoolean("last_push_successful")).isFalse();
    metric(group, "one", "UNTYPED", "{'labels':{'job':'a'},'value':'3'}");
    metric(group, "two", "UNTYPED", "{'labels':{'job':'a'},'value':'2'}");
  }

  @Test
  void groupsAreThoseOfATenant() {
    lookout.post("/metrics/job/mine", "m 1\n", "X-Scope-OrgID", "shop");
    assertThat(groups()).isEmpty();
    assertThat(groups("X-Scope-OrgID", "shop")).hasSize(1);
    assertThat(lookout.get("/api/v1/metrics", "X-Scope-OrgID", "a/b").statusCode()).isEqualTo(400);
  }

  @Test
  void wipedGroupsAreGoneFromQueriesToo() {
    lookout.post("/metrics/job/a", "wiped 1\n");
    lookout.post("/metrics/job/b", "wiped 1\n");
    assertThat(lookout.query("wiped")).hasSize(2);
    wipe();
    assertThat(groups()).isEmpty();
    assertThat(lookout.query("wiped")).isEmpty();
    assertThat(lookout.query("push_time_seconds")).isEmpty();
    assertThat(lookout.post("/api/v1/admin/wipe", "").statusCode()).isEqualTo(405);
  }

  @Test
  void statusSaysSinceWhen() {
    JsonObject data = new JsonObject(lookout.get("/api/v1/status").body()).getJsonObject("data");
    assertThat(Instant.parse(data.getString("start_time"))).isBefore(Instant.now());
    assertThat(data.getJsonObject("flags").getString("web.enable-admin-api")).isEqualTo("true");
  }

  @Test
  void theGatewayAnswersTheSame() throws Exception {
    lookout.post("/metrics/job/a", "m 1\n");
    assertThat(onGateway("/-/ready").statusCode()).isEqualTo(200);
    assertThat(onGateway("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(onGateway("/api/v1/status").body()).contains("start_time");
    assertThat(onGateway("/api/v1/metrics").body())
        .isEqualTo(lookout.get("/api/v1/metrics").body());
    assertThat(onGateway("/api/v1/query?query=up").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> onGateway(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + lookout.gatewayPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void nobodyWipesWhereThatIsNotWanted(@TempDir Path other) {
    try (RunningLookout plain = RunningLookout.start(other)) {
      assertThat(plain.send("PUT", "/api/v1/admin/wipe", "").statusCode()).isEqualTo(404);
    }
  }
}
