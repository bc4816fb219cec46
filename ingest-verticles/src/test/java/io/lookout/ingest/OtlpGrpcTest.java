package io.lookout.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OTLP over gRPC as no client would speak it, and what only the wire shows. */
class OtlpGrpcTest {
  private static final String EXPORT =
      "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

  private TestNode node;
  private HttpClient client;
  private int port;

  /** What a call was answered. */
  private record Answer(String status, String message, String details, Buffer body) {
    static Future<Answer> of(HttpClientResponse response) {
      return response
          .body()
          .map(body ->
              new Answer(
                  either(response, "grpc-status"),
                  either(response, "grpc-message"),
                  either(response, "grpc-status-details-bin"),
                  body));
    }

    private static String either(HttpClientResponse response, String name) {
      @Nullable String head = response.getHeader(name);
      return String.valueOf(head == null ? response.getTrailer(name) : head);
    }
  }

  @BeforeEach
  void start() {
    node =
        TestNode.start(
            """
            scrape.self: false
            otlp.grpc.enabled: true
            ingest.body.limit: 100KiB
            ingest.body.decompressed.limit: 200KiB
            ingest.body.timeout: 500ms
            """);
    port = TestNode.await(node.edge.listenApart("otlp.grpc.listen")).actualPort();
    client =
        node.vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static byte[] gauges(long... times) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    Metric.Builder metric =
        request.addResourceMetricsBuilder().addScopeMetricsBuilder().addMetricsBuilder();
    metric.setName("m");
    for (long time : times) {
      metric.getGaugeBuilder().addDataPointsBuilder().setTimeUnixNano(time * 1_000_000);
    }
    return request.build().toByteArray();
  }

  private static Buffer frame(int flag, byte[] message) {
    return Buffer.buffer().appendByte((byte) flag).appendInt(message.length).appendBytes(message);
  }

  private HttpClientRequest call(String path, String... headers) {
    HttpClientRequest request =
        TestNode.await(client.request(HttpMethod.POST, port, "127.0.0.1", path));
    request.putHeader("Content-Type", "application/grpc").putHeader("TE", "trailers");
    for (int i = 0; i < headers.length; i += 2) {
      request.putHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  private Answer send(Buffer body, String... headers) {
    return TestNode.await(call(EXPORT, headers).send(body).compose(Answer::of));
  }

  @Test
  void samplesAreTakenAndEmptyRequestsAreGood() {
    long now = TestNode.NOW.toEpochMilli();
    assertThat(send(frame(0, gauges(now)), "X-Scope-OrgID", "shop"))
        .isEqualTo(new Answer("0", "null", "null", frame(0, new byte[0])));
    assertThat(send(frame(0, new byte[0])).status()).isEqualTo("0");
    assertThat(node.shards.samples).extracting(TestShards.Sample::tenant).contains("shop");
  }

  @Test
  void partialSuccessSaysWhatWasRefused() throws InvalidProtocolBufferException {
    long now = TestNode.NOW.toEpochMilli();
    Answer answer = send(frame(0, gauges(now, now + 100_000_000)));

    assertThat(answer.status()).isEqualTo("0");
    var partial =
        ExportMetricsServiceResponse.parseFrom(answer.body().getBytes(5, answer.body().length()))
            .getPartialSuccess();
    assertThat(partial.getRejectedDataPoints()).isEqualTo(1);
    assertThat(partial.getErrorMessage()).isNotEmpty();
    assertThat(node.count("lookout.ingest.rejected.samples", "protocol", "otlp")).isEqualTo(1);
  }

  @Test
  void whatIsNoRequestIsAnInvalidArgument() {
    assertThat(send(Buffer.buffer("abc")).status()).isEqualTo("3");
    assertThat(send(frame(0, new byte[] {10, 99})).message()).contains("no ExportMetrics");
    assertThat(send(frame(1, new byte[] {1, 2}), "grpc-encoding", "gzip").status()).isEqualTo("3");
    assertThat(send(frame(0, gauges()), "X-Scope-OrgID", "a/b").message()).contains("X-Scope");
    Answer coding = send(frame(1, gauges()), "grpc-encoding", "br");
    assertThat(coding.status()).isEqualTo("12");
    assertThat(node.count("lookout.ingest.rejected.samples", "protocol", "otlp")).isEqualTo(5);
  }

  @Test
  void whatIsTooLargeMustNotComeAgain() throws IOException {
    Answer plain = send(frame(0, new byte[150 << 10]));
    assertThat(plain.status()).isEqualTo("8");
    assertThat(plain.details()).isEqualTo("null");
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[50 << 20]);
    }
    Answer bombed = send(frame(1, bomb.toByteArray()), "grpc-encoding", "gzip");
    assertThat(bombed.status()).isEqualTo("8");
    assertThat(bombed.message()).contains("decompressed");
  }

  @Test
  void whatMayComeAgainSaysWhen() {
    node.shards.answer =
        batch -> Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "log is full"));
    Answer answer = send(frame(0, gauges(TestNode.NOW.toEpochMilli())));

    assertThat(answer.status()).isEqualTo("14");
    assertThat(new String(Base64.getDecoder().decode(answer.details()), StandardCharsets.UTF_8))
        .contains("log is full")
        .contains("google.rpc.RetryInfo");
  }

  @Test
  void otherCallsAreNotImplemented() {
    String traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    Answer answer = TestNode.await(call(traces).send(frame(0, gauges())).compose(Answer::of));

    assertThat(answer.status()).isEqualTo("12");
    assertThat(answer.message()).contains("only metrics");
    HttpClientRequest noCall = call(EXPORT);
    noCall.putHeader("Content-Type", "application/json");
    assertThat(TestNode.await(noCall.send("{}")).statusCode()).isEqualTo(415);
    HttpClient old = node.vertx.createHttpClient();
    HttpClientRequest http1 =
        TestNode.await(old.request(HttpMethod.POST, port, "127.0.0.1", EXPORT));
    http1.putHeader("Content-Type", "application/grpc");
    assertThat(TestNode.await(http1.send("")).statusCode()).isEqualTo(415);
    TestNode.await(old.close());
  }

  @Test
  void slowSendersAreGivenUp() {
    HttpClientRequest request = call(EXPORT).setChunked(true);
    request.write(Buffer.buffer(new byte[] {0, 0, 0}));

    assertThat(TestNode.await(request.response().compose(Answer::of)).status()).isEqualTo("14");
    await().untilAsserted(() -> assertThat(node.gauge("lookout.ingest.inflight.bytes")).isZero());
  }

  @Test
  void callsThatAreCutLeaveNothingBehind() {
    HttpClientRequest request = call(EXPORT).setChunked(true);
    request.write(Buffer.buffer(new byte[] {0, 0, 0}));
    await().until(() -> node.gauge("lookout.ingest.inflight.bytes") > 0);
    request.reset();
    await().untilAsserted(() -> assertThat(node.gauge("lookout.ingest.inflight.bytes")).isZero());
    assertThat(send(frame(0, gauges())).status()).isEqualTo("0");
  }
}
