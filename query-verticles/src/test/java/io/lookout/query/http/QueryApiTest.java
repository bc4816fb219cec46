package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryApiTest {
  private ApiFixture api = new ApiFixture();

  @BeforeEach
  void fill() {
    api.storage
        .add(Labels.of("__name__", "up", "job", "a"), 15_000, 1, 1, 0.5, 1, 1)
        .add(Labels.of("__name__", "up", "job", "b"), 15_000, 0, 0, 0, 0, 0)
        .add(Labels.of("__name__", "requests_total", "service.name", "ü"), 15_000, 1, 2, 4, 8, 16);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String body(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private String query(String query, String more) {
    HttpResponse<byte[]> response = api.get("/api/v1/query?query=" + encoded(query) + more);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return body(response);
  }

  private static String success(String data) {
    return "{\"status\":\"success\",\"data\":" + data + "}";
  }

  @Test
  void instantVectorsAreAsPrometheusWritesThem() {
    assertThat(query("up", "&time=30"))
        .isEqualTo(
            success(
                "{\"resultType\":\"vector\",\"result\":["
                    + "{\"metric\":{\"__name__\":\"up\",\"job\":\"a\"},\"value\":[30,\"0.5\"]},"
                    + "{\"metric\":{\"__name__\":\"up\",\"job\":\"b\"},\"value\":[30,\"0\"]}]}"));
  }

  @Test
  void theTimeIsNowUnlessGiven() {
    assertThat(query("1+1", ""))
        .isEqualTo(success("{\"resultType\":\"scalar\",\"result\":[60,\"2\"]}"));
    assertThat(query("\"a\"", "&time=1970-01-01T00:00:04.5Z"))
        .isEqualTo(success("{\"resultType\":\"string\",\"result\":[4.500,\"a\"]}"));
    assertThat(query("nothing", ""))
        .isEqualTo(success("{\"resultType\":\"vector\",\"result\":[]}"));
  }

  @Test
  void rangesAreAsPrometheusWritesThem() {
    String path = "/api/v1/query_range?start=0&end=31&step=15&query=";
    assertThat(body(api.get(path + "up%7Bjob%3D%22a%22%7D")))
        .isEqualTo(
            success(
                "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__name__\":\"up\","
                    + "\"job\":\"a\"},\"values\":[[0,\"1\"],[15,\"1\"],[30,\"0.5\"]]}]}"));
    assertThat(body(api.get(path + "nothing")))
        .isEqualTo(success("{\"resultType\":\"matrix\",\"result\":[]}"));
    assertThat(body(api.get("/api/v1/query?time=30&query=up%7Bjob%3D%22a%22%7D%5B20s%5D")))
        .isEqualTo(
            success(
                "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__name__\":\"up\","
                    + "\"job\":\"a\"},\"values\":[[15,\"1\"],[30,\"0.5\"]]}]}"));
  }

  @Test
  void formsAndUrlsAreReadTogether() {
    HttpResponse<byte[]> response =
        api.post("/api/v1/query?time=30&query=down", "query=" + encoded("sum(up)") + "&time=0");
    assertThat(body(response))
        .isEqualTo(
            success(
                "{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[0,\"1\"]}]}"));
    assertThat(body(api.post("/api/v1/query?query=1%2B1&time=4", "")))
        .isEqualTo(success("{\"resultType\":\"scalar\",\"result\":[4,\"2\"]}"));
  }

  @Test
  void aLookBackThatIsNotPositiveIsTheOrdinaryOne() {
    for (String lookback : List.of("0", "-1", "-0.5")) {
      assertThat(body(api.get("/api/v1/query?query=1&time=1&lookback_delta=" + lookback)))
          .startsWith("{\"status\":\"success\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "query?query=                       | 400 | bad_data | invalid parameter \"query\": unknown position: parse error: no expression found in input",
        "query?query=up(                    | 400 | bad_data | invalid parameter \"query\": 1:4: parse error: unclosed left parenthesis",
        "query?query=up&time=x              | 400 | bad_data | invalid parameter \"time\": invalid time value for 'time': cannot parse \"x\" to a valid timestamp",
        "query?query=up&timeout=x           | 400 | bad_data | invalid parameter \"timeout\": cannot parse \"x\" to a valid duration",
        "query?query=up&limit=1.5           | 400 | bad_data | invalid parameter \"limit\": strconv.Atoi: parsing \"1.5\": invalid syntax",
        "query?query=up&lookback_delta=x    | 400 | bad_data | error parsing lookback delta duration: cannot parse \"x\" to a valid duration",
        "query?query=up&limit=-1            | 400 | bad_data | invalid parameter \"limit\": limit must be non-negative",
        "query?query=up&timeout=0           | 503 | timeout  | query timed out in query execution",
        "query_range?query=up&end=1&step=1  | 400 | bad_data | invalid parameter \"start\": cannot parse \"\" to a valid timestamp",
        "query_range?query=up&start=1&end=0&step=1 | 400 | bad_data | invalid parameter \"end\": end timestamp must not be before start time",
        "query_range?query=up&start=0&end=1&step=0 | 400 | bad_data | invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer",
        "query_range?query=up&start=0&end=11001&step=1 | 400 | bad_data | exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX) or raising query.points.max",
        "query_range?query=up[1m]&start=0&end=1&step=1 | 400 | bad_data | invalid parameter \"query\": invalid expression type \"range vector\" for range query, must be Scalar or instant Vector",
        "series                             | 400 | bad_data | no match[] parameter provided",
        "series?match[]={}                  | 400 | bad_data | invalid parameter \"match[]\": match[] must contain at least one non-empty matcher",
        "labels?match[]=                    | 400 | bad_data | unknown position: parse error: unexpected end of input",
        "labels?start=1&end=0               | 400 | bad_data | invalid parameter \"end\": end timestamp must not be before start time",
        "format_query?query=1+1             | 400 | bad_data | invalid parameter \"query\": 1:3: parse error: unexpected number \"1\"",
        "metadata?limit_per_metric=x        | 400 | bad_data | limit_per_metric must be a number",
        "query_exemplars?query=             | 400 | bad_data | unknown position: parse error: no expression found in input",
      })
  void errorsAreThoseOfPrometheus(String path, int status, String type, String error) {
    String escaped =
        path.replace("[", "%5B").replace("]", "%5D").replace("{", "%7B").replace("}", "%7D");
    HttpResponse<byte[]> response = api.get("/api/v1/" + escaped);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(body(response)))
        .isEqualTo(
            new JsonObject().put("status", "error").put("errorType", type).put("error", error));
  }

  @Test
  void exactlyElevenThousandStepsAreTaken() {
    assertThat(api.get("/api/v1/query_range?query=1&start=0&end=11000&step=1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void limitsCutWithAWarning() {
    JsonObject answer = new JsonObject(query("up", "&limit=1"));
    assertThat(answer.getJsonObject("data").getJsonArray("result")).hasSize(1);
    assertThat(answer.getJsonArray("warnings"))
        .isEqualTo(new JsonArray().add("results truncated due to limit"));
  }

  @Test
  void annotationsTellTheirPlace() {
    JsonObject answer = new JsonObject(query(" rate(up[1m])", "&time=60"));
    assertThat(answer.getJsonArray("infos"))
        .isEqualTo(
            new JsonArray()
                .add(
                    "PromQL info: metric might not be a counter, name does not end in"
                        + " _total/_sum/_count/_bucket: \"up\" (1:7)"));
  }

  @Test
  void tenAnnotationsAreShownAndTheRestCounted() {
    for (int i = 0; i < 12; i++) {
      api.storage.add(Labels.of("__name__", "m" + i, "i", "" + i), 15_000, 1, 2, 3, 4, 5);
    }
    JsonArray infos =
        new JsonObject(query("rate({__name__=~\"m.*\"}[1m])", "&time=60")).getJsonArray("infos");
    assertThat(infos).hasSize(11);
    assertThat(infos.getString(10)).isEqualTo("2 more info annotations omitted");
  }

  @Test
  void statisticsOnRequest() {
    JsonObject data = new JsonObject(query("sum(up)", "&stats=all")).getJsonObject("data");
    assertThat(
            data.getJsonObject("stats").getJsonObject("samples").getLong("totalQueryableSamples"))
        .isPositive();
  }

  @Test
  void histogramsHaveBuckets() {
    NativeHistogram histogram =
        new NativeHistogram(
            0,
            CounterReset.GAUGE,
            false,
            0.001,
            2,
            6,
            18.5,
            List.of(new Span(0, 2)),
            new double[] {3, 0.5},
            List.of(new Span(0, 1)),
            new double[] {0.5},
            new double[0]);
    SampleColumns samples = new SampleColumns();
    samples.add(0, histogram);
    api.storage.add(Labels.of("__name__", "h"), samples);
    String json =
        "{\"count\":\"6\",\"sum\":\"18.5\",\"buckets\":[[1,\"-1\",\"-0.5\",\"0.5\"],"
            + "[3,\"-0.001\",\"0.001\",\"2\"],[0,\"0.5\",\"1\",\"3\"],[0,\"1\",\"2\",\"0.5\"]]}";
    assertThat(query("h", "&time=1"))
        .isEqualTo(
            success(
                "{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"__name__\":\"h\"},"
                    + "\"histogram\":[1,"
                    + json
                    + "]}]}"));
    assertThat(body(api.get("/api/v1/query_range?query=h&start=0&end=1&step=1")))
        .contains("\"histograms\":[[0," + json + "],[1," + json + "]]}");
  }

  @Test
  void labelsAndSeries() {
    assertThat(body(api.get("/api/v1/labels")))
        .isEqualTo(success("[\"__name__\",\"job\",\"service.name\"]"));
    assertThat(body(api.get("/api/v1/labels?match[]=up".replace("[]", "%5B%5D"))))
        .isEqualTo(success("[\"__name__\",\"job\"]"));
    assertThat(body(api.get("/api/v1/label/job/values"))).isEqualTo(success("[\"a\",\"b\"]"));
    assertThat(body(api.get("/api/v1/label/U__service_2e_name/values")))
        .isEqualTo(success("[\"ü\"]"));
    assertThat(body(api.get("/api/v1/label/unknown/values"))).isEqualTo(success("[]"));
    assertThat(body(api.get("/api/v1/label/job/values?limit=1")))
        .isEqualTo(
            "{\"status\":\"success\",\"data\":[\"a\"],"
                + "\"warnings\":[\"results truncated due to limit\"]}");
    assertThat(body(api.post("/api/v1/series", "match[]=" + encoded("{job=\"a\",}"))))
        .isEqualTo(success("[{\"__name__\":\"up\",\"job\":\"a\"}]"));
  }

  @Test
  void syntaxIsFormattedAndParsed() {
    assertThat(body(api.get("/api/v1/format_query?query=sum(up)by(job)")))
        .isEqualTo(success("\"sum by (job) (up)\""));
    JsonObject tree =
        new JsonObject(body(api.get("/api/v1/parse_query?query=sum(up)by(job)")))
            .getJsonObject("data");
    assertThat(tree.getString("type")).isEqualTo("aggregation");
    assertThat(tree.getJsonObject("expr").getJsonArray("matchers"))
        .isEqualTo(
            new JsonArray()
                .add(new JsonObject().put("name", "__name__").put("value", "up").put("type", "=")));
  }

  @Test
  void whatGrafanaAsksIsWellFormed() {
    assertThat(body(api.get("/api/v1/metadata?limit=40000")))
        .isEqualTo(
            success(
                "{\"requests_total\":[{\"type\":\"counter\",\"help\":\"Requests\","
                    + "\"unit\":\"requests\"}],\"up\":[{\"type\":\"gauge\","
                    + "\"help\":\"Whether \\\"it\\\" is up\",\"unit\":\"\"}]}"));
    assertThat(body(api.get("/api/v1/metadata?metric=none"))).isEqualTo(success("{}"));
    assertThat(
            body(
                api.get(
                    "/api/v1/query_exemplars?query=test&start=1795293805994&end=1795293805995")))
        .isEqualTo(success("[]"));
    assertThat(body(api.get("/api/v1/rules"))).isEqualTo(success("{\"groups\":[]}"));
    assertThat(body(api.get("/api/v1/alerts"))).isEqualTo(success("{\"alerts\":[]}"));
    assertThat(body(api.get("/api/v1/features"))).contains("\"ts_of_max_over_time\":true");
    assertThat(body(api.get("/api/v1/status/tsdb"))).contains("\"headStats\"");
    assertThat(body(api.get("/api/v1/status/flags"))).startsWith("{\"status\":\"success\"");
  }

  @Test
  void storageThatFailsIsAnError() {
    api.storage.failWith(ErrorCode.EXECUTION, "more than 7 series match");
    HttpResponse<byte[]> failed = api.get("/api/v1/query?query=up");
    assertThat(failed.statusCode()).isEqualTo(422);
    assertThat(body(failed)).contains("\"errorType\":\"execution\"", "more than 7 series match");

    api.membership.withdraw();
    HttpResponse<byte[]> absent = api.get("/api/v1/query?query=up");
    assertThat(absent.statusCode()).isEqualTo(503);
    assertThat(body(absent)).contains("\"errorType\":\"unavailable\"");
  }

  @Test
  void storageThatDoesNotAnswerIsATimeout() {
    api.storage.neverAnswer();
    HttpResponse<byte[]> response = api.get("/api/v1/query?query=up&timeout=50ms");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(body(response)).contains("\"errorType\":\"timeout\"");
  }

  @Test
  void tooManyQueriesAreTurnedAway() {
    api.close();
    api = new ApiFixture("query.concurrency=1", "query.queue.max=0");
    api.storage.neverAnswer();
    CompletableFuture<?> first =
        api.client()
            .sendAsync(
                api.request("/api/v1/query?query=up&timeout=1m").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    await().until(() -> api.meters.get("lookout.query.running").gauge().value() == 1);
    HttpResponse<byte[]> second = api.get("/api/v1/query?query=up");
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(body(second)).contains("query.concurrency");
    first.cancel(true);
  }

  @Test
  void whoGoesAwayStopsTheQuery() {
    api.storage.neverAnswer();
    CompletableFuture<?> request =
        api.client()
            .sendAsync(
                api.request("/api/v1/query?query=up").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    await().until(() -> api.meters.get("lookout.query.running").gauge().value() == 1);
    request.cancel(true);
    await()
        .untilAsserted(() ->
            assertThat(
                    api.meters
                        .get("lookout.query.request.duration")
                        .tag("outcome", "closed")
                        .timer()
                        .count())
                .isEqualTo(1));
  }

  @Test
  void limitsSayWhichTheyAre() {
    api.close();
    api = new ApiFixture("query.series.max=1", "query.body.max=1KiB");
    fill();
    HttpResponse<byte[]> response = api.get("/api/v1/query?query=up");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(body(response)).contains("query.series.max (1)");
    HttpResponse<byte[]> large = api.post("/api/v1/query", "query=" + "1".repeat(2000));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(body(large)).contains("query.body.max (1024)");
  }

  @Test
  void largeAnswersArriveWholeAndCompressed() throws IOException {
    for (int i = 0; i < 300; i++) {
      SampleColumns samples = new SampleColumns();
      for (int t = 0; t < 200; t++) {
        samples.add(t * 15_000L, i + t / 8.0);
      }
      api.storage.add(Labels.of("__name__", "big", "i", Integer.toString(i)), samples);
    }
    String path = "/api/v1/query_range?query=big&start=0&end=2985&step=15";
    byte[] plain = api.get(path).body();
    JsonArray series =
        new JsonObject(Buffer.buffer(plain)).getJsonObject("data").getJsonArray("result");
    assertThat(series).hasSize(300);
    int last = -1;
    for (int i = 0; i < series.size(); i++) {
      JsonArray values = series.getJsonObject(i).getJsonArray("values");
      assertThat(values).hasSize(200);
      last = values.size() - 1;
    }
    assertThat(series.getJsonObject(0).getJsonArray("values").getJsonArray(last).getString(1))
        .isEqualTo("24.875");

    HttpResponse<byte[]> compressed =
        api.send(api.request(path).header("Accept-Encoding", "gzip").build());
    assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
        .isEqualTo(plain);
  }

  @Test
  void tenantsSeeTheirOwn() {
    HttpResponse<byte[]> response =
        api.send(api.request("/api/v1/labels").header("X-Scope-OrgID", "other").build());
    assertThat(body(response)).isEqualTo(success("[]"));
  }
}
