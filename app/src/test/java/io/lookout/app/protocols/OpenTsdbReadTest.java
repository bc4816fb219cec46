package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Grafana's OpenTSDB data source asks for, asked as it asks, over points that were put. */
class OpenTsdbReadTest {
  /** Seconds, at a full minute some minutes ago. */
  private static final long T = System.currentTimeMillis() / 60_000 * 60 - 300;

  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout = RunningLookout.start(directory);
    JsonArray points = new JsonArray();
    for (int i = 0; i < 4; i++) {
      points.add(point("web01", "lga", T + 30L * i, 10 + i));
      points.add(point("web02", "ams", T + 30L * i, 20 + i));
    }
    assertThat(lookout.post("/api/put", points.encode()).statusCode()).isEqualTo(204);
  }

  private static JsonObject point(String host, String dc, long time, double value) {
    return new JsonObject()
        .put("metric", "sys.cpu.user")
        .put("timestamp", time)
        .put("value", value)
        .put("tags", new JsonObject().put("host", host).put("dc", dc));
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  private static String get(String path, String... parameters) {
    StringBuilder url = new StringBuilder(path);
    for (int i = 0; i < parameters.length; i += 2) {
      url.append(i == 0 ? '?' : '&').append(parameters[i]).append('=');
      url.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    var answer = lookout.get(url.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void panelsAreDrawn() {
    JsonObject query =
        new JsonObject()
            .put("metric", "sys.cpu.user")
            .put("aggregator", "sum")
            .put("downsample", "1m-avg")
            .put("tags", new JsonObject().put("host", "*"));
    JsonObject body =
        new JsonObject()
            .put("start", (T - 1) * 1000)
            .put("end", (T + 200) * 1000)
            .put("queries", new JsonArray().add(query))
            .put("msResolution", false)
            .put("globalAnnotations", true)
            .put("showQuery", true);
    JsonArray results = new JsonArray(lookout.post("/api/query", body.encode()).body());

    assertThat(results).hasSize(2);
    JsonObject first = results.getJsonObject(0);
    assertThat(first.getString("metric")).isEqualTo("sys.cpu.user");
    assertThat(first.getJsonObject("tags").encode())
        .isEqualTo("{\"dc\":\"ams\",\"host\":\"web02\"}");
    assertThat(first.getJsonObject("query").getInteger("index")).isZero();
    assertThat(first.getJsonObject("dps").encode())
        .isEqualTo("{\"" + T + "\":20.5,\"" + (T + 60) + "\":22.5}");
  }

  @Test
  void filtersAndRatesAreTaken() {
    JsonObject filter =
        new JsonObject()
            .put("type", "literal_or")
            .put("tagk", "host")
            .put("filter", "web01|web02")
            .put("groupBy", false);
    JsonObject query =
        new JsonObject()
            .put("metric", "sys.cpu.user")
            .put("aggregator", "sum")
            .put("rate", true)
            .put("rateOptions", new JsonObject().put("counter", true).put("dropResets", true))
            .put("filters", new JsonArray().add(filter));
    JsonObject body =
        new JsonObject()
            .put("start", T)
            .put("end", T + 60)
            .put("queries", new JsonArray().add(query))
            .put("msResolution", true);
    JsonObject result =
        new JsonArray(lookout.post("/api/query?arrays", body.encode()).body()).getJsonObject(0);

    assertThat(result.getJsonArray("aggregateTags").encode()).isEqualTo("[\"dc\",\"host\"]");
    assertThat(result.getJsonArray("dps").getJsonArray(0).getDouble(1)).isEqualTo(2.0 / 30);
    assertThat(result.getJsonArray("dps").getJsonArray(0).getLong(0)).isEqualTo((T + 30) * 1000);
  }

  @Test
  void queriesMayStandInTheUrl() {
    assertThat(
            get(
                "/api/query",
                "start",
                "1h-ago",
                "m",
                "sum:sys.cpu.user{host=web*}{dc=literal_or(lga)}"))
        .contains("\"" + T + "\":10,\"" + (T + 30) + "\":11");
    assertThat(get("/api/query", "start", "1h-ago", "m", "sum:no.such.metric")).isEqualTo("[]");
    assertThat(get("/api/query/last", "timeseries", "sys.cpu.user{host=web02}"))
        .contains("\"timestamp\":" + (T + 90) * 1000)
        .contains("\"value\":\"23\"");
  }

  @Test
  void editorsAreHelped() {
    assertThat(get("/api/suggest", "type", "metrics", "q", "sys.", "max", "1000"))
        .isEqualTo("[\"sys.cpu.user\"]");
    assertThat(get("/api/suggest", "type", "tagk", "q", "h", "max", "1000"))
        .isEqualTo("[\"host\"]");
    assertThat(get("/api/suggest", "type", "tagv", "q", "web", "max", "1000"))
        .isEqualTo("[\"web01\",\"web02\"]");
    assertThat(get("/api/aggregators")).contains("\"zimsum\"").contains("\"p99\"");
    assertThat(new JsonObject(get("/api/config/filters")).fieldNames())
        .contains("literal_or", "not_key", "regexp");
    JsonObject values =
        new JsonObject(
            get("/api/search/lookup", "m", "sys.cpu.user{host=*,dc=lga}", "limit", "1000"));
    assertThat(values.getJsonArray("results").encode())
        .isEqualTo("[{\"metric\":\"sys.cpu.user\",\"tags\":{\"dc\":\"lga\",\"host\":\"web01\"}}]");
    assertThat(
            new JsonObject(get("/api/search/lookup", "m", "sys.cpu.user"))
                .getInteger("totalResults"))
        .isEqualTo(2);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(lookout.get("/api/query?m=sum:m").body())
        .isEqualTo(
            "{\"error\":{\"code\":400,\"message\":\"Missing start time\",\"details\":\"Missing start"
                + " time\"}}");
    assertThat(lookout.post("/api/query", "{\"start\":").body()).contains("Unable to parse");
    assertThat(lookout.post("/api/query", "{\"start\":1,\"queries\":[17]}").body())
        .contains("wrong type");
    assertThat(lookout.get("/api/suggest?type=x").statusCode()).isEqualTo(400);
    assertThat(lookout.get("/api/search/lookup").statusCode()).isEqualTo(400);
    assertThat(lookout.get("/api/query?start=1h-ago&tsuid=sum:00").statusCode()).isEqualTo(400);
    assertThat(lookout.post("/api/query", "x".repeat(11 << 20)).statusCode()).isEqualTo(413);
  }
}
