package io.lookout.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.DynamicMessage;
import io.lookout.ingest.remotewrite.Prompb;
import io.lookout.ingest.remotewrite.Prompb2;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** Remote write as a sender meets it, over HTTP, with shards that only pretend. */
class RemoteWriteTest {
  private static final long TIME = TestNode.NOW.toEpochMilli();

  private TestNode node;
  private HttpClient client;

  @BeforeEach
  void start() {
    node =
        TestNode.start(
            """
            scrape.self: false
            ingest.body.limit: 100KiB
            ingest.body.decompressed.limit: 1MiB
            ingest.body.timeout: 500ms
            ingest.inline.limit: 4KiB
            ingest.inflight.bytes: 300KiB
            """);
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder write(DynamicMessage request) throws IOException {
    return write(Snappy.compress(request.toByteArray()));
  }

  private HttpRequest.Builder write(byte[] body) {
    return to("/api/v1/write")
        .header("Content-Type", "application/x-protobuf")
        .header("Content-Encoding", "snappy")
        .header("X-Prometheus-Remote-Write-Version", "0.1.0")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static DynamicMessage one(String... labels) {
    return Prompb.request(Prompb.series(List.of(Prompb.sample(TIME, 42)), labels));
  }

  private static DynamicMessage many(int series) {
    List<DynamicMessage> all = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      all.add(Prompb.series(List.of(Prompb.sample(TIME, i)), "__name__", "m", "i", "" + i));
    }
    return Prompb.request(all.toArray(DynamicMessage[]::new));
  }

  @Test
  void answers204WhenTheShardHasTheSample() throws Exception {
    HttpResponse<String> response = send(write(one("__name__", "up", "job", "node")));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(node.shards.samples)
        .singleElement()
        .satisfies(sample -> {
          assertThat(sample.tenant()).isEqualTo("anonymous");
          assertThat(sample.labels()).isEqualTo(Labels.of("__name__", "up", "job", "node"));
          assertThat(sample.time()).isEqualTo(TIME);
          assertThat(sample.value()).isEqualTo(42);
        });
    assertThat(node.count("lookout.ingest.samples", "protocol", "remote_write")).isOne();
  }

  @Test
  void servesThePushPathOfMimirAndItsTenantHeader() throws Exception {
    byte[] body = Snappy.compress(one("__name__", "up").toByteArray());
    HttpResponse<String> response =
        send(
            to("/api/v1/push")
                .header("X-Scope-OrgID", "team-a")
                .POST(BodyPublishers.ofByteArray(body)));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(node.shards.samples.element().tenant()).isEqualTo("team-a");
  }

  @Test
  void refusesTenantsThatMimirWouldRefuse() throws Exception {
    HttpResponse<String> response =
        send(write(one("__name__", "up")).header("X-Scope-OrgID", "a|b"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("X-Scope-OrgID");
  }

  @Test
  void spreadsSeriesOverTheShardsThatOwnThem() throws Exception {
    assertThat(send(write(many(300))).statusCode()).isEqualTo(204);
    assertThat(send(write(many(300))).statusCode()).isEqualTo(204);

    assertThat(node.shards.batches).hasSize(6);
    assertThat(node.shards.samples).hasSize(600);
    assertThat(node.shards.samples.stream().map(TestShards.Sample::shard).distinct())
        .containsExactlyInAnyOrder(0, 1, 2);
    assertThat(node.shards.samples.stream().map(s -> s.shard() + " " + s.labels()).distinct())
        .hasSize(300);
    assertThat(node.count("lookout.ingest.series.lookups", "result", "hit")).isEqualTo(300);
  }

  @Test
  void namesTheSeriesThatIsRefusedAndWritesTheRest() throws Exception {
    HttpResponse<String> response =
        send(
            write(
                Prompb.request(
                    Prompb.series(List.of(Prompb.sample(TIME, 1)), "__name__", "good"),
                    Prompb.series(
                        List.of(Prompb.sample(TIME, 1)), "__name__", "bad", "a", "1", "a", "2"))));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo("duplicate label \"a\" in series {__name__=\"bad\", a=\"1\", a=\"2\"}\n");
    assertThat(node.shards.samples).hasSize(1);
    assertThat(node.count("lookout.ingest.rejected.samples", "reason", "invalid_labels")).isOne();
  }

  @Test
  void refusesSamplesOfTheFarFuture() throws Exception {
    HttpResponse<String> response =
        send(
            write(
                Prompb.request(
                    Prompb.series(
                        List.of(Prompb.sample(TIME, 1), Prompb.sample(TIME + 3_600_000, 1)),
                        "__name__",
                        "m"))));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("sample of m at 2026-01-02T04:04:05Z");
    assertThat(node.shards.samples).hasSize(1);
  }

  @Test
  void takesSamplesOfTheFarPast() throws Exception {
    var series = Prompb.series(List.of(Prompb.sample(-5_000_000_000_000L, 1)), "__name__", "m");

    assertThat(send(write(Prompb.request(series))).statusCode()).isEqualTo(204);
  }

  @Test
  void passesOnWhatAShardRefuses() throws Exception {
    var rejection = new WriteResult.Rejection("too_many_series", 1, "no more series than 10");
    node.shards.answer = batch -> Future.succeededFuture(new WriteResult(0, List.of(rejection)));

    HttpResponse<String> response = send(write(one("__name__", "up")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("no more series than 10\n");
  }

  @Test
  void acceptsTheContentTypesOfPrometheusAndNoOther() throws Exception {
    byte[] body = Snappy.compress(one("__name__", "up").toByteArray());
    assertThat(statusOf(body, "application/x-protobuf;proto=prometheus.WriteRequest", "snappy"))
        .isEqualTo(204);
    assertThat(statusOf(body, "application/x-protobuf", "Snappy")).isEqualTo(204);
    assertThat(statusOf(body, "application/x-protobuf;proto=nobody.Knows", "snappy"))
        .isEqualTo(415);
    assertThat(statusOf(body, "application/json", "snappy")).isEqualTo(415);
    assertThat(statusOf(body, "application/x-protobuf", "gzip")).isEqualTo(415);
    assertThat(node.count("lookout.ingest.rejected.samples", "reason", "unsupported")).isEqualTo(3);
  }

  private int statusOf(byte[] body, String type, String encoding) throws Exception {
    return send(to("/api/v1/write")
            .header("Content-Type", type)
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body)))
        .statusCode();
  }

  @Test
  void takesZstdAsWellAsSnappy() throws Exception {
    byte[] body = Zstd.compress(one("__name__", "up").toByteArray());

    assertThat(statusOf(body, "application/x-protobuf", "zstd")).isEqualTo(204);
    assertThat(node.shards.samples).hasSize(1);
  }

  @Test
  void refusesBombsOfZstdWithoutMakingRoomForThem() throws Exception {
    byte[] bomb = Zstd.compress(new byte[2 << 20]);

    assertThat(statusOf(bomb, "application/x-protobuf", "zstd")).isEqualTo(413);
    assertThat(statusOf(new byte[] {1, 2, 3}, "application/x-protobuf", "zstd")).isEqualTo(400);
    assertThat(node.count("lookout.ingest.rejected.samples", "reason", "too_large")).isOne();
  }

  private HttpResponse<String> sendVersion2(byte[] body) throws Exception {
    return send(
        to("/api/v1/write")
            .header("Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "2.0.0")
            .POST(BodyPublishers.ofByteArray(Snappy.compress(body))));
  }

  private static String counts(HttpResponse<?> response) {
    List<String> counts = new ArrayList<>();
    for (String what : new String[] {"Samples", "Histograms", "Exemplars"}) {
      String header = "X-Prometheus-Remote-Write-" + what + "-Written";
      counts.add(response.headers().firstValue(header).orElse("none"));
    }
    return String.join(" ", counts);
  }

  @Test
  void takesVersion2AndSaysHowMuchOfItIsWritten() throws Exception {
    byte[] good = Prompb2.request(one("__name__", "up", "job", "node"));
    byte[] partial =
        Prompb2.request(
            Prompb.request(
                Prompb.series(List.of(Prompb.sample(TIME, 1)), "__name__", "good"),
                Prompb.series(List.of(Prompb.sample(TIME, 1)), "job", "nameless")));

    HttpResponse<String> written = sendVersion2(good);
    assertThat(written.statusCode()).isEqualTo(204);
    assertThat(counts(written)).isEqualTo("1 0 0");
    assertThat(node.shards.samples.element().labels())
        .isEqualTo(Labels.of("__name__", "up", "job", "node"));

    HttpResponse<String> some = sendVersion2(partial);
    assertThat(some.statusCode()).isEqualTo(400);
    assertThat(some.body()).contains("no metric name in series {job=\"nameless\"}");
    assertThat(counts(some)).isEqualTo("1 0 0");

    node.membership.withdraw();
    HttpResponse<String> none = sendVersion2(good);
    assertThat(none.statusCode()).isEqualTo(503);
    assertThat(counts(none)).isEqualTo("0 0 0");
  }

  /** Whatever else is wrong with it. */
  @Test
  void whoSpeaksVersion2IsToldTheCountsOfEveryFailure() throws Exception {
    HttpResponse<String> malformed = sendVersion2(new byte[] {0x0a, 0x7f, 1});
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(counts(malformed)).isEqualTo("0 0 0");

    HttpRequest.Builder gzip =
        to("/api/v1/write")
            .header("Content-Type", "application/x-protobuf;proto=io.prometheus.write.v2.Request")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(new byte[10]));
    assertThat(send(gzip).statusCode()).isEqualTo(415);
    assertThat(counts(send(gzip))).isEqualTo("0 0 0");

    HttpResponse<String> large = sendVersion2(new byte[2 << 20]);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(counts(large)).isEqualTo("0 0 0");
  }

  @Test
  void refusesWhatIsNoSnappyAndWhatIsNoProtobuf() throws Exception {
    assertThat(send(write("hello there".getBytes(StandardCharsets.UTF_8))).statusCode())
        .isEqualTo(400);
    HttpResponse<String> response = send(write(Snappy.compress(new byte[] {0x0a, 0x7f, 1})));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("malformed protobuf");
    assertThat(node.count("lookout.ingest.rejected.samples", "reason", "malformed")).isEqualTo(2);
  }

  @Test
  void refusesStreamedBodiesAboveTheLimit() throws Exception {
    byte[] large = new byte[200_000];
    HttpResponse<String> response =
        send(
            to("/api/v1/write")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void refusesBombs() throws Exception {
    HttpResponse<String> response = send(write(Snappy.compress(new byte[2 << 20])));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("2097152 bytes when decompressed");
  }

  @Test
  void asksToComeAgainWhenTooMuchIsInFlight() throws Exception {
    Promise<WriteResult> held = Promise.promise();
    node.shards.answer = batch -> held.future();
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    HttpRequest request = write(many(2000)).build();
    for (int i = 0; i < 8; i++) {
      waiting.add(client.sendAsync(request, BodyHandlers.ofString()));
    }

    HttpResponse<?> refused =
        (HttpResponse<?>) CompletableFuture.anyOf(waiting.toArray(CompletableFuture[]::new)).get();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    held.complete(new WriteResult(2000, List.of()));

    for (var each : waiting) {
      assertThat(each.get().statusCode()).isIn(204, 503);
    }
    assertThat(waiting).anyMatch(each -> each.join().statusCode() == 204);
    await().untilAsserted(() -> assertThat(node.gauge("lookout.ingest.inflight.bytes")).isZero());
  }

  @Test
  void asksToComeAgainWithoutStorage() throws Exception {
    node.membership.withdraw();

    HttpResponse<String> response = send(write(one("__name__", "up")));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.body()).contains("no storage node is known");
  }

  @Test
  void passesOnThatAShardIsUnavailable() throws Exception {
    node.shards.answer =
        batch ->
            Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "the log is full"));

    HttpResponse<String> response = send(write(one("__name__", "up")));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("the log is full\n");
  }

  @Test
  void answersWhatIsInFlightBeforeItStops() throws Exception {
    Promise<WriteResult> held = Promise.promise();
    node.shards.answer = batch -> held.future();
    var answer = client.sendAsync(write(one("__name__", "up")).build(), BodyHandlers.ofString());
    await().until(() -> !node.shards.batches.isEmpty());

    Future<Void> stopped = node.role.stop();
    assertThat(stopped.isComplete()).isFalse();
    held.complete(new WriteResult(1, List.of()));

    assertThat(answer.get().statusCode()).isEqualTo(204);
    TestNode.await(stopped);
  }
}
