package io.lookout.cluster.http;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.Readiness;
import io.lookout.cluster.Results;
import io.lookout.cluster.metrics.SelfMetrics;
import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Settings;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerEdgeTest {
  private static final String LISTEN = "http.listen=127.0.0.1:0";

  private final Vertx vertx = Vertx.vertx();
  private final PrometheusMeterRegistry meters = SelfMetrics.registry();
  private final Readiness readiness = new Readiness();
  private final HttpClient client = client();
  private ServerEdge edge = edge();
  private int port;

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private ServerEdge edge(String... settings) {
    String[] all = new String[settings.length + 1];
    all[0] = LISTEN;
    System.arraycopy(settings, 0, all, 1, settings.length);
    return new ServerEdge(vertx, Settings.with(all).of(HttpSettings.class), meters);
  }

  private void listen() {
    edge.add(() -> new HealthEndpoint(readiness::waitingFor));
    edge.add(() -> new MetricsEndpoint(meters));
    edge.add(() -> new BuildInfoEndpoint(new BuildInfo("1.2.3", "abc")));
    port = Results.of(edge.open(new StartingEndpoint(readiness::waitingFor))).port();
    assertThat(Results.of(edge.serve()).port()).isEqualTo(port);
  }

  @AfterEach
  void close() {
    Results.of(vertx.close());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpResponse<String> get(String path) {
    return send(request(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString()).join();
  }

  @Test
  void healthIsAnsweredBeforeAllElseIs() {
    readiness.waitFor("replay of the log");
    edge.add(() -> new HealthEndpoint(readiness::waitingFor));
    port = Results.of(edge.open(new StartingEndpoint(readiness::waitingFor))).port();
    edge.add(() -> router -> router.get("/api/v1/thing").handler(c -> c.response().end("here")));
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    HttpResponse<String> early = get("/api/v1/thing");
    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.headers().firstValue("Retry-After")).isPresent();
    assertThat(early.body())
        .contains("\"unavailable\"", "Lookout is starting, waiting for: replay of the log");
    assertThat(get("/").body()).startsWith("Lookout is starting");
    readiness.ready("replay of the log");
    Results.of(edge.serve());
    assertThat(get("/api/v1/thing").body()).isEqualTo("here");
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    assertThat(get("/other").statusCode()).isEqualTo(404);
  }

  @Test
  void saysWhetherItIsReadyAndWhyNot() {
    readiness.waitFor("replay of the log");
    listen();
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
    assertThat(get("/-/ready").statusCode()).isEqualTo(503);
    assertThat(get("/-/ready").body()).contains("replay of the log");
    readiness.ready("replay of the log");
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void showsItsMetricsAsPrometheusText() {
    meters.counter("lookout.test.things").increment();
    listen();
    HttpResponse<String> response = get("/metrics");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).contains("lookout_test_things_total 1.0");
  }

  @Test
  void showsItsMetricsAsJson() {
    meters.counter("lookout.test.things", "kind", "odd").increment();
    meters.gauge("lookout.test.level", Double.NaN);
    DistributionSummary.builder("lookout.test.sizes")
        .serviceLevelObjectives(1, 10)
        .register(meters)
        .record(5);
    meters.timer("lookout.test.time").record(Duration.ofSeconds(2));
    listen();
    String path = "/api/v1/status/self_metrics?metric_name_pattern=lookout_test_";
    assertThat(get(path + "things.*").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":[{\"name\":\"lookout_test_things_total\",\"help\":\"\","
                + "\"type\":\"COUNTER\",\"metric\":[{\"label\":[{\"name\":\"kind\",\"value\":\"odd\"}],"
                + "\"counter\":{\"value\":1.0}}]}]}");
    assertThat(get(path + "level").body()).contains("\"gauge\":{\"value\":\"NaN\"}");
    assertThat(get(path + "sizes").body())
        .contains("\"HISTOGRAM\"", "{\"cumulativeCount\":\"1\",\"upperBound\":10.0}");
    assertThat(get(path + "time_seconds").body())
        .contains("\"summary\":{\"sampleCount\":\"1\",\"sampleSum\":2.0}");
    assertThat(get(path + "nothing").body()).contains("\"data\":[]");
    assertThat(get(path + "%5B").statusCode()).isEqualTo(400);
  }

  @Test
  void tellsItsVersionInThePrometheusShape() {
    listen();
    JsonObject answer = new JsonObject(get("/api/v1/status/buildinfo").body());
    assertThat(answer.getString("status")).isEqualTo("success");
    assertThat(answer.getJsonObject("data").getString("version")).startsWith("3.");
    assertThat(answer.getJsonObject("data").getString("applicationVersion")).isEqualTo("1.2.3");
  }

  @Test
  void answersWhatNobodyServes() {
    listen();
    assertThat(get("/nope").statusCode()).isEqualTo(404);
    assertThat(get("/nope").body()).isEqualTo("404 page not found\n");
    HttpResponse<String> api = get("/api/v1/nope");
    assertThat(api.statusCode()).isEqualTo(404);
    assertThat(api.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(api.headers().firstValue("Vary")).isEmpty();
    assertThat(api.body()).isEqualTo("404 page not found\n");
  }

  @Test
  void saysWhichMethodsThereAre() {
    edge.add(() ->
        router -> {
          router.post("/api/v1/things/:name/*").handler(c -> c.response().end());
          router.delete("/api/v1/things/:name/*").handler(c -> c.response().end());
        });
    listen();
    for (String path : List.of("/metrics", "/api/v1/status/buildinfo")) {
      HttpResponse<String> response = send(request(path).DELETE());
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).hasValue("GET, OPTIONS");
      assertThat(response.body()).isEqualTo("Method Not Allowed\n");
    }
    assertThat(get("/api/v1/things/a/b").headers().firstValue("Allow"))
        .hasValue("DELETE, OPTIONS, POST");
    HttpResponse<String> asked = send(request("/-/ready").method("OPTIONS", noBody()));
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    assertThat(send(request("/nope").method("OPTIONS", noBody())).statusCode()).isEqualTo(404);
  }

  @Test
  void doesNotLetItselfBeEnded() {
    edge.add(() -> new ReloadEndpoint(Future::succeededFuture));
    listen();
    assertThat(send(request("/-/quit").POST(noBody())).statusCode()).isEqualTo(403);
    assertThat(get("/-/quit").statusCode()).isEqualTo(405);
    assertThat(get("/-/reload").body()).isEqualTo("Only POST or PUT requests allowed");
    assertThat(send(request("/-/reload").POST(noBody())).statusCode()).isEqualTo(200);
  }

  @Test
  void mapsFailuresToTheirCodes() {
    edge.add(() ->
        router -> {
          router.get("/api/known").handler(ServerEdgeTest::refuse);
          router
              .get("/api/unknown")
              .handler(context -> {
                throw new IllegalStateException("broken");
              });
        });
    listen();
    assertThat(get("/api/known").statusCode()).isEqualTo(422);
    assertThat(get("/api/known").body()).contains("\"execution\"", "too much");
    assertThat(get("/api/unknown").statusCode()).isEqualTo(500);
  }

  private static void refuse(RoutingContext context) {
    throw new LookoutException(ErrorCode.EXECUTION, "too much");
  }

  @Test
  void compressesWhereItIsAskedTo() {
    meters.counter("lookout.padding", "text", "x".repeat(2000)).increment();
    listen();
    assertThat(get("/metrics").headers().firstValue("Content-Encoding")).isEmpty();
    HttpResponse<String> zipped = send(request("/metrics").header("Accept-Encoding", "gzip"));
    assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
  }

  @Test
  void letsPagesOfOtherOriginsUseTheApi() {
    edge = edge("http.cors.origin=http://[a-z]+[.]example");
    listen();
    String path = "/api/v1/status/buildinfo";
    HttpResponse<String> response = send(request(path).header("Origin", "http://grafana.example"));
    assertThat(response.headers().map())
        .containsEntry("access-control-allow-origin", List.of("http://grafana.example"))
        .containsEntry("access-control-expose-headers", List.of("Date"))
        .containsEntry("vary", List.of("Origin"));
    HttpResponse<String> other = send(request(path).header("Origin", "http://example"));
    assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(other.headers().firstValue("Vary")).hasValue("Origin");
    HttpResponse<String> asked =
        send(
            request("/api/v1/query")
                .header("Origin", "http://grafana.example")
                .method("OPTIONS", noBody()));
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().map())
        .containsEntry("access-control-allow-origin", List.of("http://grafana.example"))
        .containsEntry("access-control-allow-methods", List.of("GET, POST, OPTIONS"))
        .containsEntry(
            "access-control-allow-headers", List.of("Accept, Authorization, Content-Type, Origin"));
  }

  @Test
  void takesLongRequestLines() {
    listen();
    assertThat(get("/-/healthy?x=" + "y".repeat(1_000_000)).statusCode()).isEqualTo(200);
  }

  /** curl does so with long forms, and waits for a second where nobody answers. */
  @Test
  void takesBodiesWhoseSendersAskFirst() throws IOException {
    listen();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /metrics HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 7\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(21))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("HTTP/1.1 100 Continue");
    }
  }

  @Test
  void theGatewayServesNothingButIngestPaths() {
    edge.addIngest(
        () -> router -> router.post("/api/v1/write").handler(c -> c.response().end("taken")));
    listen();
    int main = port;
    port = Results.of(edge.listenGateway(new HostPort("127.0.0.1", 0))).port();
    assertThat(port).isNotEqualTo(main);
    assertThat(send(request("/api/v1/write").POST(noBody())).body()).isEqualTo("taken");
    assertThat(get("/metrics").statusCode()).isEqualTo(404);
  }

  @Test
  void saysWhichSettingToChangeWhenThePortIsTaken() {
    listen();
    ServerEdge second =
        new ServerEdge(
            Vertx.vertx(),
            Settings.with("http.listen=127.0.0.1:" + port).of(HttpSettings.class),
            meters);
    assertThatThrownBy(() -> Results.of(second.open(router -> {})))
        .isInstanceOf(ListenException.class)
        .hasMessageContainingAll("127.0.0.1:" + port, "--set http.listen=");
  }

  @Test
  void aStopAnswersWhatIsInFlight() throws InterruptedException {
    Promise<String> answer = Promise.promise();
    CountDownLatch arrived = new CountDownLatch(1);
    edge.add(() ->
        router ->
            router
                .get("/slow")
                .handler(context -> {
                  arrived.countDown();
                  answer.future().onSuccess(context.response()::end);
                }));
    listen();
    CompletableFuture<HttpResponse<String>> response =
        client.sendAsync(request("/slow").build(), BodyHandlers.ofString());
    arrived.await();
    Future<Void> stopped = edge.stop();
    answer.complete("done");
    assertThat(response.join().body()).isEqualTo("done");
    Results.of(stopped);
  }

  @Test
  void closesConnectionsBeyondTheLimit() {
    edge = edge("http.connections.max=1");
    listen();
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200); // this connection stays open
    HttpClient other = client();
    assertThatThrownBy(
            () -> other.sendAsync(request("/-/healthy").build(), BodyHandlers.ofString()).join())
        .hasCauseInstanceOf(IOException.class);
    assertThat(meters.counter("lookout.http.connections.refused").count()).isPositive();
  }
}
