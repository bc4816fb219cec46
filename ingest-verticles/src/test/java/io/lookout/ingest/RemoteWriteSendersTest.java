package io.lookout.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.remotewrite.Prompb;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** Remote write as senders make it that cannot be started here. */
class RemoteWriteSendersTest {
  private TestNode node;
  private HttpClient client;

  @BeforeEach
  void start() {
    node = TestNode.start("scrape.self: false");
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private HttpResponse<String> send(byte[] message, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.port + "/api/v1/write");
    return client.send(
        HttpRequest.newBuilder(uri)
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(Snappy.compress(message)))
            .build(),
        BodyHandlers.ofString());
  }

  /** The exporter {@code prometheusremotewrite} of OpenTelemetry's Collector. */
  private HttpResponse<String> collector(byte[] message) throws Exception {
    return send(
        message,
        "Content-Encoding",
        "snappy",
        "Content-Type",
        "application/x-protobuf",
        "X-Prometheus-Remote-Write-Version",
        "0.1.0",
        "User-Agent",
        "otelcol-contrib/0.128.0 (linux/amd64)");
  }

  /** It sends samples of several resources and, apart from them, metadata alone. */
  @Test
  void openTelemetrysCollectorIsUnderstood() throws Exception {
    long time = TestNode.NOW.toEpochMilli();
    byte[] samples =
        Prompb.request(
                Prompb.series(
                    List.of(Prompb.sample(time, 1), Prompb.sample(time - 10_000, 2)),
                    "__name__",
                    "http_requests_total",
                    "http_route",
                    "/buy",
                    "instance",
                    "i-1",
                    "job",
                    "shop/cart"),
                Prompb.series(
                    List.of(Prompb.sample(time, 1)),
                    "__name__",
                    "target_info",
                    "host_name",
                    "h",
                    "instance",
                    "i-1",
                    "job",
                    "shop/cart"))
            .toByteArray();

    assertThat(collector(samples).statusCode()).isEqualTo(204);
    assertThat(node.shards.samples).hasSize(3);
    HttpResponse<String> answer = collector(metadata());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(collector(new byte[0]).statusCode()).as("nothing at all").isEqualTo(204);
  }

  /** {@code WriteRequest.metadata}: a counter, its family, help and unit. */
  private static byte[] metadata() {
    return "\32\37\10\1\22\23http_requests_total\42\3Hit\52\1s"
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
