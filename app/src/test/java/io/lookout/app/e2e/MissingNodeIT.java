package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.cluster.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two storage nodes, of which one dies by {@code kill -9}: no answer lacks its samples in silence,
 * writes go on, and it is whole again when it is back.
 */
class MissingNodeIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String COUNT = "/api/v1/query?query=count(e2e_metric)";

  @TempDir private Path directory = Path.of("");

  private final int firstPort;

  MissingNodeIT() throws IOException {
    firstPort = FreePort.find();
  }

  private LookoutProcess start(String name, String roles, int port) throws IOException {
    return LookoutProcess.start(
        directory.resolve(name),
        "--roles=" + roles,
        "--set=scrape.self=false",
        "--set=admin.api.enabled=true",
        "--set=cluster.enabled=true",
        "--set=cluster.node=" + name,
        "--set=cluster.announce.interval=500ms",
        "--set=cluster.announce.expiry=2s",
        "--set=cluster.listen=127.0.0.1:" + port,
        "--set=cluster.members=127.0.0.1:" + firstPort);
  }

  @Test
  void noAnswerLacksTheSamplesOfADeadNodeInSilence() throws IOException {
    try (LookoutProcess stays = start("stays", "storage", firstPort);
        LookoutProcess front = start("front", "ingest,query", FreePort.find())) {
      try (LookoutProcess dies = start("dies", "storage", FreePort.find())) {
        awaitPresent(front, 2);
        Samples.write(front.url(), System.currentTimeMillis(), 1);
        assertThat(count(front, "")).isEqualTo(Samples.SERIES);
        dies.kill();
      }
      neverLessThanAll(front);
      itIsToldWhatIsMissing(front, stays);
      // Who comes only now has never heard of the node that is away.
      try (LookoutProcess late = start("late", "query", FreePort.find())) {
        assertThat(get(late, COUNT).statusCode()).isEqualTo(503);
      }
      writesGoOn(front);
      whenItIsBackAllIsThere(front);
      onceForgottenItIsNotMissed(front);
    }
  }

  private static void awaitPresent(LookoutProcess front, int nodes) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            data(get(front, "/api/v1/status/storage_nodes")).stream()
                    .filter(node -> ((JsonObject) node).getString("state").equals("present"))
                    .count()
                == nodes);
  }

  /** From the moment of its death on, until the cluster has noticed. */
  private static void neverLessThanAll(LookoutProcess front) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          HttpResponse<String> answer = get(front, COUNT + "&timeout=5s");
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
          return answer.body().contains("storage node dies is missing since");
        });
  }

  private static void itIsToldWhatIsMissing(LookoutProcess front, LookoutProcess stays) {
    for (String path : new String[] {"/api/v1/labels", "/federate?match[]=e2e_metric"}) {
      HttpResponse<String> refused = get(front, path.replace("[]", "%5B%5D"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("storage node dies is missing");
    }
    HttpResponse<String> partial = get(front, COUNT + "&partial_response=true");
    assertThat(partial.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(partial.body()).getJsonArray("warnings").getString(0))
        .startsWith("storage node dies is missing since");
    assertThat(count(front, "&partial_response=true")).isBetween(1, Samples.SERIES - 1);
    assertThat(post(front, "/api/v1/admin/tsdb/delete_series?match[]=e2e_metric").statusCode())
        .isEqualTo(503);
    assertThat(get(stays, "/metrics").body()).contains("lookout_cluster_missing_nodes 1");
  }

  private static void writesGoOn(LookoutProcess front) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            Samples.send(front.url(), System.currentTimeMillis(), 2).join().statusCode() == 204);
    assertThat(count(front, "&partial_response=true")).isEqualTo(Samples.SERIES);
  }

  private void whenItIsBackAllIsThere(LookoutProcess front) throws IOException {
    try (LookoutProcess back = start("dies", "storage", FreePort.find())) {
      awaitPresent(front, 2);
      assertThat(Samples.count(front.url(), System.currentTimeMillis()))
          .isEqualTo(2L * Samples.SERIES);
      back.kill();
    }
    neverLessThanAll(front);
  }

  private static void onceForgottenItIsNotMissed(LookoutProcess front) {
    String forget = "/api/v1/admin/storage_nodes/forget?node=";
    assertThat(post(front, forget + "nobody").statusCode()).isEqualTo(404);
    assertThat(post(front, forget + "stays").statusCode()).isEqualTo(400);
    assertThat(post(front, forget + "dies").statusCode()).isEqualTo(204);
    await().atMost(PATIENCE).until(() -> get(front, COUNT).statusCode() == 200);
    assertThat(get(front, COUNT).body()).doesNotContain("warnings");
  }

  private static int count(LookoutProcess node, String parameters) {
    HttpResponse<String> answer = get(node, COUNT + parameters);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonObject data = new JsonObject(answer.body()).getJsonObject("data");
    return Integer.parseInt(
        data.getJsonArray("result").getJsonObject(0).getJsonArray("value").getString(1));
  }

  private static JsonArray data(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getJsonArray("data");
  }

  private static HttpResponse<String> get(LookoutProcess node, String path) {
    return send(HttpRequest.newBuilder(URI.create(node.url() + path)).build());
  }

  private static HttpResponse<String> post(LookoutProcess node, String path) {
    String escaped = path.replace("[]", "%5B%5D");
    return send(
        HttpRequest.newBuilder(URI.create(node.url() + escaped))
            .POST(BodyPublishers.noBody())
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    return HTTP.sendAsync(request, BodyHandlers.ofString()).join();
  }
}
