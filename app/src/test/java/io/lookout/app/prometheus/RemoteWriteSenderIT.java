package io.lookout.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lookout.app.process.LookoutProcess;
import io.lookout.cluster.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus sends what it scrapes, exemplars and native histograms on, by each version of remote
 * write that it knows, and finds nothing to complain of.
 */
class RemoteWriteSenderIT {
  private static final byte[] EXPOSED =
      """
      # TYPE things counter
      things_total 7 # {trace_id="abc"} 1
      # EOF
      """
          .getBytes(StandardCharsets.UTF_8);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path directory = Path.of("");

  private static final HttpServer TARGET = open();

  private static HttpServer open() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  static void expose() {
    Binaries.require();
    TARGET.createContext("/metrics", RemoteWriteSenderIT::answer);
    TARGET.start();
  }

  @AfterAll
  static void stop() {
    TARGET.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/openmetrics-text;version=1.0.0");
    exchange.sendResponseHeaders(200, EXPOSED.length);
    exchange.getResponseBody().write(EXPOSED);
    exchange.close();
  }

  private static String newest() {
    String newest = System.getenv("NEWEST_PROMETHEUS");
    assumeTrue(newest != null && !newest.isEmpty(), "NEWEST_PROMETHEUS names no Prometheus 3");
    return String.valueOf(newest);
  }

  @Test
  void anOlderOneByVersion1() throws IOException {
    sends(Binaries.PROMETHEUS, "", false);
  }

  @Test
  void aPrometheus3ByVersion1() throws IOException {
    sends(newest(), "    protobuf_message: prometheus.WriteRequest\n", true);
  }

  @Test
  void aPrometheus3ByVersion2() throws IOException {
    sends(newest(), "    protobuf_message: io.prometheus.write.v2.Request\n", true);
  }

  private void sends(String binary, String message, boolean histograms) throws IOException {
    int port = FreePort.find();
    try (LookoutProcess lookout =
            LookoutProcess.start(directory.resolve("lookout"), "--set", "scrape.self=false");
        Daemon prometheus =
            Daemon.prometheus(
                directory,
                port,
                configuration(lookout.url(), port, message),
                binary,
                "--enable-feature=native-histograms,exemplar-storage")) {
      arrives(lookout, "up{job='target'} == 1");
      arrives(lookout, "things_total{job='target'} == 7");
      if (histograms) {
        arrives(lookout, "histogram_count(prometheus_http_request_duration_seconds) > 0");
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(get(lookout.url() + "/api/v1/query_exemplars?query=things_total"))
                  .contains("\"abc\""));
      hasNothingToComplainOf(prometheus);
    }
  }

  private static String configuration(String lookout, int port, String message) {
    return """
    global: {scrape_interval: 1s}
    remote_write:
      - url: %s/api/v1/write
        send_exemplars: true
        send_native_histograms: true
    %sscrape_configs:
      - job_name: prometheus
        static_configs: [{targets: ["127.0.0.1:%d"]}]
      - job_name: target
        static_configs: [{targets: ["127.0.0.1:%d"]}]
    """
        .formatted(lookout, message, port, TARGET.getAddress().getPort());
  }

  private static void arrives(LookoutProcess lookout, String query) {
    await(query)
        .atMost(Duration.ofSeconds(60))
        .until(() -> !result(lookout.url(), query).isEmpty());
  }

  /** Prometheus compares what it has sent with what the answers say was written. */
  private static void hasNothingToComplainOf(Daemon prometheus) {
    String failed = "{__name__=~'prometheus_remote_storage_.+_(failed|dropped)_total'} > 0";
    assertThat(result(prometheus.url(), failed)).isEmpty();
    assertThat(prometheus.logged())
        .doesNotContain("not written", "non-recoverable", "Failed to send batch");
  }

  private static JsonArray result(String url, String query) {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return new JsonObject(get(url + "/api/v1/query?query=" + encoded))
        .getJsonObject("data")
        .getJsonArray("result");
  }

  private static String get(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HTTP.sendAsync(request, BodyHandlers.ofString()).join().body();
  }
}
