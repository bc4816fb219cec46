package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as Grafana's Prometheus data source sends them; docs/grafana.md names these tests. */
class GrafanaTest {
  private static final String MATCH = "match%5B%5D=";

  private final ApiFixture api = new ApiFixture();

  @BeforeEach
  void fill() {
    api.storage
        .add(Labels.of("__name__", "up", "job", "a"), 15_000, 1, 1, 0.5, 1, 1)
        .add(Labels.of("__name__", "up", "job", "b"), 15_000, 0, 0, 0, 0, 0)
        .add(Labels.of("__name__", "http.requests", "service.name", "x"), 15_000, 1, 2, 4, 8, 16);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonObject json(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    JsonObject json = new JsonObject(Buffer.buffer(response.body()));
    assertThat(json.getString("status")).isEqualTo("success");
    return json;
  }

  private JsonArray list(String pathAndQuery) {
    return json(api.get("/api/v1/" + pathAndQuery)).getJsonArray("data");
  }

  private JsonArray result(HttpResponse<byte[]> response) {
    return json(response).getJsonObject("data").getJsonArray("result");
  }

  private JsonArray result(String query) {
    return result(api.post("/api/v1/query", "time=60&query=" + encoded(query)));
  }

  /** A POST that fails is asked again by GET, so both must say the same. */
  @ParameterizedTest
  @ValueSource(strings = {"query=up(", "query=up&time=x", "query=up&time=60", "limit=1&query=up"})
  void postsAndGetsAnswerAlike(String parameters) {
    HttpResponse<byte[]> get = api.get("/api/v1/query?" + parameters);
    HttpResponse<byte[]> post = api.post("/api/v1/query", parameters);
    assertThat(post.statusCode()).isEqualTo(get.statusCode());
    assertThat(post.body()).isEqualTo(get.body());
  }

  @Test
  void unknownParametersAndHeadersAreIgnored() {
    HttpResponse<byte[]> response =
        api.send(
            api.request("/api/v1/query?query=1&custom=a&custom=b&max_source_resolution=5m")
                .header("X-Dashboard-Uid", "d")
                .header("X-Grafana-Org-Id", "1")
                .header("FromAlert", "true")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .build());
    assertThat(result(response)).isEqualTo(new JsonArray().add(60).add("1"));
  }

  @Test
  void timesAreFloatsOfSeconds() {
    JsonArray point =
        result(api.get("/api/v1/query?query=vector(1)&timeout=60s&time=1795295606.1229999"))
            .getJsonObject(0)
            .getJsonArray("value");
    assertThat(point.getDouble(0)).isEqualTo(1795295606.123);
    JsonArray half =
        result(api.get("/api/v1/query_range?query=vector(1)&start=0&end=1&step=0.5"))
            .getJsonObject(0)
            .getJsonArray("values");
    assertThat(half).hasSize(3);
  }

  /** With cacheLevel High the end is rounded up by as much as an hour. */
  @Test
  void theEndMayLieInTheFuture() {
    assertThat(list("label/job/values?start=0&end=4000")).isEqualTo(new JsonArray("[\"a\",\"b\"]"));
    assertThat(list("labels?start=0&end=99999999999")).contains("job");
  }

  /** Incremental queries ask for the tail alone and put it behind what they have. */
  @Test
  void pointsDoNotDependOnTheStart() {
    String path = "/api/v1/query_range?query=sum(rate(up%5B30s%5D))&step=15&end=60&start=";
    JsonArray whole = result(api.get(path + "15")).getJsonObject(0).getJsonArray("values");
    JsonArray tail = result(api.get(path + "45")).getJsonObject(0).getJsonArray("values");
    assertThat(tail).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(tail.getValue(i)).isEqualTo(whole.getValue(whole.size() - 2 + i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, deflate, br, zstd", "br", "zstd", "deflate", "*", "identity"})
  void answersAreGzipOrPlain(String accepted) {
    for (int i = 0; i < 100; i++) {
      SampleColumns samples = new SampleColumns();
      samples.add(60_000, i);
      api.storage.add(Labels.of("__name__", "big", "i", Integer.toString(i)), samples);
    }
    HttpResponse<byte[]> response =
        api.send(
            api.request("/api/v1/query?query=big&time=60")
                .header("Accept-Encoding", accepted)
                .build());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Encoding").orElse("identity"))
        .isIn("gzip", "identity");
  }

  /** Its presence would make Grafana take Lookout for Mimir. */
  @Test
  void buildInfoHasNoFeatures() {
    JsonObject data = json(api.get("/api/v1/status/buildinfo")).getJsonObject("data");
    assertThat(data.fieldNames())
        .contains("version", "revision", "branch", "buildUser", "buildDate", "goVersion")
        .doesNotContain("features");
    data.forEach(each -> assertThat(each.getValue()).as(each.getKey()).isInstanceOf(String.class));
    assertThat(api.post("/api/v1/status/buildinfo", "").statusCode()).isEqualTo(405);
  }

  @Test
  void rulesAreEmptyWhateverTheFilter() {
    String filters =
        "file%5B%5D=f&rule_group%5B%5D=g&rule_name%5B%5D=r&file=f&rule_group=g&rule_name=r"
            + "&exclude_alerts=true&group_limit=40&group_next_token=&type=alert&"
            + MATCH
            + encoded("{a=\"b\"}");
    for (String path : List.of("rules", "rules?" + filters)) {
      assertThat(json(api.get("/api/v1/" + path)).getJsonObject("data"))
          .isEqualTo(new JsonObject("{\"groups\":[]}"));
    }
    assertThat(json(api.get("/api/v1/alerts")).getJsonObject("data"))
        .isEqualTo(new JsonObject("{\"alerts\":[]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=x | invalid parameter \"type\": not supported value \"x\"",
        "match%5B%5D={} | match[] must contain at least one non-empty matcher",
        "exclude_alerts=maybe | invalid parameter \"exclude_alerts\": error converting"
            + " exclude_alerts: strconv.ParseBool: parsing \"maybe\": invalid syntax",
        "group_limit=0 | invalid parameter \"group_limit\": group_limit needs to be greater than 0",
        "group_limit=x | invalid parameter \"group_limit\": group_limit needs to be a valid number:"
            + " strconv.ParseInt: parsing \"x\": invalid syntax",
        "group_limit=9999999999 | invalid parameter \"group_limit\": group_limit needs to be a valid"
            + " number: strconv.ParseInt: parsing \"9999999999\": value out of range",
        "group_next_token=a | invalid parameter \"group_next_token\": group_limit needs to be"
            + " present in order to paginate over the groups",
        "group_limit=1&group_next_token=a | invalid parameter \"group_next_token\": invalid"
            + " group_next_token 'a'. were rule groups changed?",
        "x;y | error parsing form values: invalid semicolon separator in query",
      },
      quoteCharacter = '`')
  void filtersOfRulesThatMakeNoSenseAreRefused(String parameters, String error) {
    HttpResponse<byte[]> response =
        api.get("/api/v1/rules?" + parameters.replace("{", "%7B").replace("}", "%7D"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(Buffer.buffer(response.body())).getString("error")).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/rules/test/test", "/config/v1/rules/a", "/api/v1/push/x", "/api/v1/suggestions"})
  void whatOthersHaveIsNotFound(String path) {
    assertThat(api.get(path).statusCode()).isEqualTo(404);
  }

  /** On 404 Grafana falls back to labels. */
  @ParameterizedTest
  @ValueSource(strings = {"metric_names", "label_names", "label_values"})
  void theSearchApiIsNotFound(String name) {
    HttpResponse<byte[]> response =
        api.get("/api/v1/search/" + name + "?start=0&end=60&limit=100&batch_size=100");
    assertThat(response.statusCode()).isEqualTo(404);
  }

  @Test
  void metricsAreFoundByWhatIsTyped() {
    for (String selector :
        List.of("{__name__=~\".*u.*\"}", "{__name__=~\"(?i).*UP.*\",}", "{__name__=~\"(up|x)\"}")) {
      assertThat(list("label/__name__/values?limit=1000&" + MATCH + encoded(selector)))
          .as(selector)
          .contains("up");
    }
    assertThat(list("label/__name__/values?limit=40000"))
        .isEqualTo(new JsonArray("[\"http.requests\",\"up\"]"));
  }

  @Test
  void labelKeysTakeSeveralSelectors() {
    String query = MATCH + "up&" + MATCH + encoded("{\"http.requests\"}");
    JsonArray names = new JsonArray("[\"__name__\",\"job\",\"service.name\"]");
    assertThat(list("labels?limit=0&" + query)).isEqualTo(names);
    assertThat(json(api.post("/api/v1/labels", query)).getJsonArray("data")).isEqualTo(names);
    assertThat(list("labels?" + MATCH + encoded("{__name__=~\"up|b\",job!=\"\"}")))
        .isEqualTo(new JsonArray("[\"__name__\",\"job\"]"));
  }

  /** Prometheus refuses the POST that newer builds send for filters with scopes. */
  @Test
  void labelValuesMayBePosted() {
    assertThat(json(api.post("/api/v1/label/job/values?" + MATCH + "up", "")).getJsonArray("data"))
        .isEqualTo(new JsonArray("[\"a\",\"b\"]"));
    assertThat(list("label/U__service_2e_name/values")).isEqualTo(new JsonArray("[\"x\"]"));
    assertThat(list("label/unknown/values")).isEqualTo(new JsonArray());
  }

  @Test
  void seriesAreFoundByLabels() {
    assertThat(list("series?limit=0&" + MATCH + encoded("{__name__!=\"\",job!=\"\"}"))).hasSize(2);
    assertThat(
            list(
                "series?" + MATCH + encoded("{__name__=\"http.requests\",\"service.name\"!=\"\"}")))
        .hasSize(1);
  }

  @Test
  void metadataHasAllUnlessLimited() {
    for (String limit : List.of("", "?limit=40000", "?limit=0", "?limit=-1")) {
      assertThat(json(api.get("/api/v1/metadata" + limit)).getJsonObject("data"))
          .as(limit)
          .hasSize(2);
    }
    assertThat(json(api.get("/api/v1/metadata?limit=1")).getJsonObject("data")).hasSize(1);
    assertThat(json(api.get("/api/v1/metadata?metric=up")).getJsonObject("data").encode())
        .isEqualTo(
            "{\"up\":[{\"type\":\"gauge\",\"help\":\"Whether \\\"it\\\" is up\",\"unit\":\"\"}]}");
  }

  /** What Drilldown asks: a POST without a body, the query in the URL, no time. */
  @Test
  void recentMetricsAreFound() {
    String all = "group by (__name__) ({__name__!=\"\"}%s)";
    String query = String.format(all + " unless (" + all + ")", "", " offset 1h");
    assertThat(result(api.post("/api/v1/query?query=" + encoded(query), ""))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"http.requests\", \"service.name\"=\"x\"}",
        "sum by (\"service.name\") ({\"http.requests\"})",
        "{__name__=\"http.requests\",\"service.name\"=~\"(x|y)\"}",
        "increase({\"http.requests\"}[1m] anchored)",
        "{\"http.requests\"} smoothed",
      })
  void theSyntaxThatIsOfferedIsTaken(String query) {
    assertThat(result(query)).as(query).hasSize(1);
  }
}
