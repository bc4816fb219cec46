package io.lookout.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Metricbeat asks and sends, over HTTP, with shards that only pretend. */
class MetricbeatTest {
  private static final String CREATE = "{\"create\":{\"_index\":\"metricbeat-8.13.0\"}}\n";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static TestNode node;
  private static int ownPort;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            """
            scrape.self: false
            ingest.body.limit: 100KiB
            ingest.body.decompressed.limit: 1MiB
            ingest.body.timeout: 1s
            metricbeat.enabled: true
            metricbeat.bulk.items: 1000
            """);
    ownPort = TestNode.await(node.edge.listenApart("metricbeat.listen")).actualPort();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void forget() {
    node.shards.samples.clear();
    node.shards.answer = TestShards::accept;
  }

  private static HttpResponse<String> send(
      int port, String method, String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> ask(String method, String path, String... headers)
      throws Exception {
    return send(node.port, method, path, new byte[0], headers);
  }

  private static HttpResponse<String> bulk(String body, String... headers) throws Exception {
    return send(node.port, "POST", "/beat/_bulk", body.getBytes(UTF_8), headers);
  }

  private static String event(String time, String value) {
    return CREATE
        + "{\"@timestamp\":\""
        + time
        + "\",\"event\":{\"module\":\"system\"},\"metricset\":{\"name\":\"load\"},"
        + "\"host\":{\"name\":\"web01\"},\"system\":{\"load\":{\"1\":"
        + value
        + "}}}\n";
  }

  private static JsonArray items(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body()).getJsonArray("items");
  }

  private static double rejected(String reason) {
    return node.count(
        "lookout.ingest.rejected.samples", "protocol", "metricbeat", "reason", reason);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/beat|\"number\":\"8.13.0\"",
        "GET|/beat/|\"tagline\":\"You Know, for Search\"",
        "GET|/beat/_license?human=false|\"status\":\"active\"",
        "GET|/beat/_xpack?human=false|\"ilm\":{\"available\":true,\"enabled\":true}",
        "GET|/beat/_ilm/policy/metricbeat|{}",
        "PUT|/beat/_ilm/policy/metricbeat|{\"acknowledged\":true}",
        "GET|/beat/_cat/templates/metricbeat-7.10.2|metricbeat-7.10.2 [metricbeat-7.10.2-*]",
        "PUT|/beat/_template/metricbeat-7.10.2?include_type_name=true|{\"acknowledged\":true}",
        "PUT|/beat/_index_template/metricbeat-8.13.0|{\"acknowledged\":true}",
        "GET|/beat/_data_stream/metricbeat-8.13.0|{}",
        "GET|/beat/_alias/metricbeat-7.10.2|{}",
        "PUT|/beat/%3Cmetricbeat-7.10.2-%7Bnow%2Fd%7D-000001%3E|\"acknowledged\":true",
        "POST|/beat/_monitoring/bulk|\"errors\":false",
      })
  void startsUpAsWithElasticsearch(String method, String path, String answer) throws Exception {
    HttpResponse<String> response =
        ask(method, path, "User-Agent", "Elastic-Metricbeat/8.13.0 (linux; amd64; x; y)");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains(answer);
    assertThat(response.headers().firstValue("X-Elastic-Product")).contains("Elasticsearch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/beat",
        "/beat/_template/metricbeat-6.8.0",
        "/beat/_index_template/metricbeat-8.13.0",
        "/beat/_alias/metricbeat-7.10.2",
        "/beat/metricbeat-7.10.2"
      })
  void whatIsAskedForByHeadExists(String path) throws Exception {
    HttpResponse<String> response = ask("HEAD", path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void clientsAreToldTheirOwnVersionAndMediaType() throws Exception {
    assertThat(ask("GET", "/beat").body()).contains("\"number\":\"7.17.29\"");
    HttpResponse<String> response =
        ask(
            "GET",
            "/beat/",
            "x-elastic-client-meta",
            "es=9.3.0,jv=25,t=9.3.0",
            "Accept",
            "application/vnd.elasticsearch+json; compatible-with=9");
    assertThat(response.body()).contains("\"number\":\"9.3.0\"");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/vnd.elasticsearch+json;compatible-with=9");
  }

  @Test
  void whatIsNotKnownIsAnErrorInElasticsearchsWords() throws Exception {
    assertThat(ask("GET", "/beat/_search").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/beat/_ingest/pipeline/p").statusCode()).isEqualTo(404);
    HttpResponse<String> response = ask("POST", "/beat/i/_search");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(new JsonObject(response.body()).getJsonObject("error").getString("type"))
        .isEqualTo("method_not_allowed_exception");
  }

  @Test
  void eventsAreStoredAndAnsweredItemByItem() throws Exception {
    String body = event(TestNode.NOW.toString(), "0.5") + CREATE + "{\"message\":\"x\"}\n";
    double before = rejected("malformed");
    JsonArray items =
        items(
            send(
                node.port,
                "POST",
                "/beat/_bulk",
                gzip(body.getBytes(UTF_8)),
                "Content-Encoding",
                "gzip",
                "X-Scope-OrgID",
                "team-a"));
    JsonObject first = items.getJsonObject(0).getJsonObject("create");
    assertThat(first.getInteger("status")).isEqualTo(201);
    assertThat(first.getString("_index")).isEqualTo("metricbeat-8.13.0");
    JsonObject second = items.getJsonObject(1).getJsonObject("create");
    assertThat(second.getInteger("status")).isEqualTo(400);
    assertThat(second.getJsonObject("error").getString("reason")).contains("no metricset.name");
    assertThat(node.shards.samples)
        .extracting(each -> each.tenant() + " " + each.labels() + " " + each.value())
        .contains(
            "team-a system_load_1{host=\"web01\", instance=\"web01\", job=\"system\","
                + " metricset=\"load\"} 0.5");
    assertThat(rejected("malformed")).isEqualTo(before + 1);
  }

  @Test
  void beatsAreAnsweredAsBrieflyAsTheyAsk() throws Exception {
    HttpResponse<String> response =
        send(
            ownPort,
            "POST",
            "/_bulk?filter_path=errors%2Citems.%2A.error%2Citems.%2A.status",
            event(TestNode.NOW.toString(), "1").getBytes(UTF_8));
    assertThat(response.body())
        .startsWith("{\"errors\":false,")
        .endsWith("\"items\":[{\"create\":{\"status\":201}}]}");
    assertThat(send(ownPort, "GET", "/", new byte[0]).body()).contains("You Know, for Search");
  }

  @Test
  void samplesOfTheFarFutureAreRefusedInTheirItems() throws Exception {
    String body =
        event("2126-01-01T00:00:00Z", "1")
            + event(TestNode.NOW.toString(), "2")
            + event("1971-01-01T00:00:00Z", "3")
            + event("2126-01-01T00:00:01Z", "4");
    JsonArray items = items(bulk(body));
    assertThat(items.stream().map(item -> ((JsonObject) item).getJsonObject("create")))
        .extracting(item -> item.getInteger("status"))
        .containsExactly(400, 201, 201, 400);
    assertThat(node.shards.samples).extracting(TestShards.Sample::value).contains(2.0, 3.0);
    assertThat(rejected("too_far_in_future")).isGreaterThanOrEqualTo(2);
    assertThat(items(bulk(event("2126-01-01T00:00:00Z", "1"))).encode()).contains("\"status\":400");
  }

  @Test
  void wholeRequestsAreRefusedInElasticsearchsWords() throws Exception {
    refused(400, "x\n{}\n", "Malformed action/metadata line [1]");
    refused(400, "", "request body is required");
    refused(413, (CREATE + "{}\n").repeat(1001), "metricbeat.bulk.items");
    refused(413, "x".repeat(200 << 10), "limit of 102400 bytes");
    HttpResponse<String> bomb =
        send(node.port, "POST", "/beat/_bulk", gzip(new byte[4 << 20]), "Content-Encoding", "gzip");
    assertThat(bomb.statusCode()).isEqualTo(413);
    assertThat(
            send(
                    node.port,
                    "POST",
                    "/beat/_bulk",
                    "no gzip".getBytes(UTF_8),
                    "Content-Encoding",
                    "gzip")
                .statusCode())
        .isEqualTo(400);
    assertThat(bulk("x", "Content-Encoding", "br").statusCode()).isEqualTo(415);
    assertThat(bulk("x", "X-Scope-OrgID", "no/tenant").statusCode()).isEqualTo(400);
  }

  private static void refused(int status, String body, String why) throws Exception {
    HttpResponse<String> response = bulk(body);
    assertThat(response.statusCode()).isEqualTo(status);
    JsonObject answer = new JsonObject(response.body());
    assertThat(answer.getInteger("status")).isEqualTo(status);
    assertThat(answer.getJsonObject("error").getString("reason")).contains(why);
    assertThat(response.headers().firstValue("X-Elastic-Product")).contains("Elasticsearch");
  }

  @Test
  void whileStorageIsAwayTheRequestAsAWholeIsToBeRepeated() throws Exception {
    node.shards.answer =
        batch -> Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "not now"));
    HttpResponse<String> response = bulk(event(TestNode.NOW.toString(), "1"));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.body()).contains("unavailable_shards_exception");
  }

  @Test
  void slowAndCutSendersLeaveNothingBehind() throws Exception {
    String head = "POST /beat/_bulk HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + CREATE;
    try (Socket cut = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      cut.getOutputStream().write(head.getBytes(UTF_8));
    }
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      slow.setSoTimeout(60_000);
      slow.getOutputStream().write(head.getBytes(UTF_8));
      assertThat(new String(slow.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 503");
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(node.gauge("lookout.ingest.inflight.bytes")).isZero());
  }
}
