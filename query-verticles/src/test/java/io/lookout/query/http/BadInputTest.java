package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked, the answer is an error that Prometheus's clients can read. */
class BadInputTest {
  private static final ApiFixture API = new ApiFixture("query.body.max=64KiB");

  /** What is right for each endpoint; a bad value is put in place of one of these, or added. */
  private static final Map<String, Map<String, String>> ENDPOINTS =
      Map.ofEntries(
          Map.entry("query", Map.of("query", "up", "time", "60")),
          Map.entry("query_range", Map.of("query", "up", "start", "0", "end", "60", "step", "15")),
          Map.entry("query_exemplars", Map.of("query", "up", "start", "0", "end", "60")),
          Map.entry("series", Map.of("match[]", "up")),
          Map.entry("labels", Map.of()),
          Map.entry("label/job/values", Map.of()),
          Map.entry("format_query", Map.of("query", "up")),
          Map.entry("parse_query", Map.of("query", "up")),
          Map.entry("metadata", Map.of()),
          Map.entry("targets", Map.of()),
          Map.entry("targets/metadata", Map.of()),
          Map.entry("scrape_pools", Map.of()),
          Map.entry("rules", Map.of()),
          Map.entry("alerts", Map.of()),
          Map.entry("alertmanagers", Map.of()),
          Map.entry("features", Map.of()),
          Map.entry("status/buildinfo", Map.of()),
          Map.entry("status/runtimeinfo", Map.of()),
          Map.entry("status/config", Map.of()),
          Map.entry("status/flags", Map.of()),
          Map.entry("status/tsdb", Map.of()));

  private static final List<String> NAMES =
      List.of(
          "query",
          "time",
          "start",
          "end",
          "step",
          "timeout",
          "limit",
          "lookback_delta",
          "match[]",
          "stats",
          "explain",
          "metric",
          "match_target",
          "state",
          "scrapePool",
          "nobody_knows_this");

  /** Percent-encoded. */
  private static final List<String> VALUES =
      List.of(
          "",
          "x",
          "-1",
          "0",
          "1e400",
          "NaN",
          "%2BInf",
          "99999999999999999999",
          "-9e18",
          "1h1h",
          "2020-13-45T00:00:00Z",
          "%00",
          "up%00",
          "%FF%FE",
          "%F0%9F%98%80",
          "%7B",
          "%7B%7D",
          "up(",
          "%5B",
          "up%7Ba%3D~%22(%22%7D",
          "up%5B1m%5D",
          "%22",
          "x".repeat(8_000));

  private static final Set<Integer> STATUSES = Set.of(400, 413, 422, 503);

  @BeforeAll
  static void fill() {
    API.storage.add(Labels.of("__name__", "up", "job", "a"), 15_000, 1, 1, 1, 1, 1);
  }

  @AfterAll
  static void close() {
    API.close();
  }

  private static String url(String endpoint, Map<String, String> parameters, String more) {
    StringBuilder url = new StringBuilder("/api/v1/" + endpoint + "?" + more);
    parameters.forEach(
        (name, value) -> url.append('&').append(encoded(name)).append('=').append(encoded(value)));
    return url.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A success, or an error as it has to be. */
  private static void isAnswer(String request, HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() == 404 || response.statusCode() == 405) {
      assertThat(body).as(request).isIn("404 page not found\n", "Method Not Allowed\n");
      return;
    }
    assertThat(response.headers().firstValue("Content-Type"))
        .as(request)
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    JsonObject json = new JsonObject(body);
    if (response.statusCode() == 200) {
      assertThat(json.getString("status")).as(request).isEqualTo("success");
      return;
    }
    assertThat(STATUSES).as("%s: %s", request, body).contains(response.statusCode());
    assertThat(json.fieldNames()).as(request).containsExactly("status", "errorType", "error");
    assertThat(json.getString("status")).as(request).isEqualTo("error");
    assertThat(json.getString("errorType"))
        .as(request)
        .isEqualTo(
            switch (response.statusCode()) {
              case 422 -> "execution";
              case 503 -> "timeout";
              default -> "bad_data";
            });
    isForHumans(request, json.getString("error"));
  }

  private static void isForHumans(String request, String error) {
    assertThat(error)
        .as(request)
        .isNotBlank()
        .isNotEqualTo("null")
        .doesNotContain("java.", "io.lookout", "io.vertx", "io.netty", "Exception", "\tat ");
  }

  @Test
  void everyParameterOfEveryEndpointMayBeBad() {
    ENDPOINTS.forEach((endpoint, good) -> {
      for (String name : NAMES) {
        for (String value : VALUES) {
          String url = url(endpoint, good, encoded(name) + "=" + value);
          isAnswer(url, API.get(url));
        }
      }
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query?query=up(                            | 400",
        "query?query=up%5B1m%5D%2B1                 | 400",
        "query?query=rate(up)                       | 400",
        "query?query=nofunction(up)                 | 400",
        "query?query=up%00                          | 400",
        "query?query=%FF                            | 400",
        "query?query=up%7Ba%3D%22%FF%22%7D          | 400",
        "query?query=up%7Ba%3D~%22(%22%7D           | 400",
        "query?query=up&time=yesterday              | 400",
        "query?query=up&time=NaN                    | 400",
        "query?query=up&timeout=-1                  | 503",
        "query?query=up&lookback_delta=0            | 200",
        "query?query=up&lookback_delta=-5m          | 400",
        "query?query=up&limit=1.5                   | 400",
        "query?query=label_replace(up,%22a%22,%22%22,%22b%22,%22(%22) | 422",
        "query?query=up*on()group_left(job)up       | 200",
        "query?query=%7B__name__%3D~%22.%2A%22%7D   | 400",
        "query_range?query=up&start=0&end=1         | 400",
        "query_range?query=up&start=0&end=1&step=0  | 400",
        "query_range?query=up&start=0&end=1&step=-1 | 400",
        "query?query=up&x;y                         | 200",
        "series?match%5B%5D=up&x;y                  | 400",
        "label/%FF/values                           | 400",
        "query_range?query=up&start=0&end=1&step=NaN | 400",
        "query_range?query=up&start=0&end=1&step=1e-9 | 400",
        "query_range?query=up&start=1&end=0&step=1  | 400",
        "query_range?query=up&start=0&end=9e9&step=1 | 400",
        "query_range?query=%22a%22&start=0&end=1&step=1 | 400",
        "query_exemplars?query=up&start=2&end=1     | 400",
        "query_exemplars?query=up%5B                | 400",
        "series                                     | 400",
        "series?match%5B%5D=%7B%7D                  | 400",
        "series?match%5B%5D=sum(up)                 | 400",
        "labels?start=x                             | 400",
        "labels?start=2&end=1                       | 400",
        "labels?limit=x                             | 400",
        "label//values                              | 404",
        "label/a/values?match%5B%5D=                | 400",
        "metadata?limit=x                           | 400",
        "targets/metadata?match_target=%7B          | 400",
        "targets/metadata?limit=x                   | 400",
        "status/tsdb?limit=0                        | 400",
        "status/tsdb?limit=10001                    | 400",
        "format_query                               | 400",
        "parse_query?query=sum(                     | 400",
        "nothing/here                               | 404",
        "search/metric_names                        | 404",
        "label/job                                  | 404",
      })
  void whatIsWrongHasItsStatus(String path, int status) {
    HttpResponse<byte[]> response = API.get("/api/v1/" + path.strip());
    isAnswer(path, response);
    assertThat(response.statusCode()).as(path).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH"})
  void otherMethodsAreNotAllowed(String method) {
    for (String endpoint : ENDPOINTS.keySet()) {
      HttpResponse<byte[]> response =
          API.send(
              API.request("/api/v1/" + endpoint).method(method, BodyPublishers.noBody()).build());
      isAnswer(method + " " + endpoint, response);
      assertThat(response.statusCode()).as(endpoint).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "text/plain", "multipart/form-data", "a/b/c;;=", "", "\u0001"})
  void aBodyOfAnotherTypeIsNoForm(String type) {
    for (String endpoint : List.of("query", "query_range", "series", "format_query")) {
      String head = "POST /api/v1/" + endpoint + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
      String answer = raw(head + "Content-Type: " + type + "\r\nContent-Length: 8\r\n\r\nquery=up");
      assertThat(answer).as(type).startsWith("HTTP/1.1 400").contains("\"errorType\":\"bad_data\"");
      isForHumans(type, answer);
    }
  }

  @Test
  void longBodiesAreRefused() {
    String form = "query=" + "1".repeat(1 << 20);
    for (String endpoint : List.of("query", "query_range", "query_exemplars", "series", "labels")) {
      HttpResponse<byte[]> response = API.post("/api/v1/" + endpoint, form);
      isAnswer(endpoint, response);
      assertThat(response.statusCode()).as(endpoint).isEqualTo(413);
    }
    assertThat(API.post("/api/v1/read", form).statusCode()).isEqualTo(413);
  }

  /** Its errors are text, as Prometheus's are. */
  @Test
  void remoteReadRefusesWhatIsNoRequest() {
    byte[][] bodies = {
      {},
      {4, 12, 1, 2, 3, 4},
      {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F},
      "query=up".getBytes(StandardCharsets.UTF_8)
    };
    for (byte[] body : bodies) {
      HttpResponse<byte[]> response =
          API.send(
              API.request("/api/v1/read")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(body))
                  .build());
      assertThat(response.statusCode()).isEqualTo(400);
      isForHumans("read", new String(response.body(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void federationRefusesWhatIsNoSelector() {
    for (String value : VALUES) {
      HttpResponse<byte[]> response = API.get("/federate?match%5B%5D=" + value);
      assertThat(response.statusCode()).as(value).isIn(200, 400);
      if (response.statusCode() == 400) {
        isForHumans(value, new String(response.body(), StandardCharsets.UTF_8));
      }
    }
  }

  /** What no HTTP library would send. */
  @Test
  void rawBytesInTheRequestLineAreAnswered() {
    List<String> targets = new ArrayList<>();
    targets.add("/api/v1/query?query=\u00ff\u00fe");
    targets.add("/api/v1/query?query=up{}[");
    targets.add("/api/v1/query?query=%ZZ");
    targets.add("/api/v1/label/\u00ff/values?limit=x");
    targets.add("/api/v1/label/%FF%ZZ/values");
    targets.add("/api/v1/../../etc/passwd");
    targets.add("/api/v1/query?query=" + "1".repeat(70_000));
    for (String target : targets) {
      String answer = raw("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      String name = target.substring(0, Math.min(60, target.length()));
      assertThat(answer).as(name).matches("(?s)HTTP/1.[01] 4\\d\\d .*");
      assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).as(name).isNotBlank();
      isForHumans(name, answer);
    }
  }

  private static String raw(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), API.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
