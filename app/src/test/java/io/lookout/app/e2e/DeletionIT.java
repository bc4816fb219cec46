package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.app.test.WriteRequest;
import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Series are deleted while days are compacted and downsampled, and the node is killed, once in the
 * middle of a deletion: what was deleted stays away, in samples and in aggregates, what is written
 * later for the same times stays, and nothing else is touched. With a real engine; what a kill
 * leaves of the embedded store is tested where compaction is.
 */
class DeletionIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long STEP = 5 * MINUTE;

  @TempDir private Path directory = Path.of("");

  private final EngineProcess engine = Engines.shared(Engines.one());

  private final long today = System.currentTimeMillis() / DAY * DAY;
  private final long start = today - 3 * DAY;
  private final long end = today - DAY;
  private final SplittableRandom random = new SplittableRandom(4);

  /** What was written and not deleted: by series, then by time. */
  private final Map<String, TreeMap<Long, Double>> expected = new TreeMap<>();

  private LookoutProcess node() throws IOException {
    return LookoutProcess.start(
        directory,
        "--set=storage.store=elasticsearch",
        "--set=storage.elasticsearch.urls=" + engine.url(),
        "--set=storage.elasticsearch.replicas=0",
        "--set=storage.elasticsearch.index=deletion",
        "--set=scrape.self=false",
        "--set=admin.api.enabled=true",
        "--set=storage.late.delay=1s",
        "--set=storage.compaction.interval=300ms",
        "--set=storage.compaction.delay=1s",
        "--set=storage.downsampling=true");
  }

  private static HttpResponse<String> sent(HttpRequest.Builder request) {
    return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).join();
  }

  private void write(LookoutProcess node, String series, long from, long to, double plus)
      throws IOException {
    SampleColumns samples = new SampleColumns();
    for (long time = from; time <= to; time += STEP) {
      samples.add(time, plus + time / STEP % 97);
      expected.computeIfAbsent(series, name -> new TreeMap<>()).put(time, plus + time / STEP % 97);
    }
    WriteRequest request = new WriteRequest();
    request.add(Labels.of("__name__", "level", "i", series), samples);
    HttpResponse<String> answer =
        sent(
            HttpRequest.newBuilder(URI.create(node.url() + "/api/v1/write"))
                .header("Content-Type", WriteRequest.CONTENT_TYPE)
                .header("Content-Encoding", "snappy")
                .header("X-Prometheus-Remote-Write-Version", "2.0.0")
                .POST(BodyPublishers.ofByteArray(request.toByteArray())));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  private static HttpRequest.Builder deletion(
      LookoutProcess node, String series, long from, long to) {
    String selector = URLEncoder.encode("{i=\"" + series + "\"}", StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(
            URI.create(
                node.url()
                    + "/api/v1/admin/tsdb/delete_series?match%5B%5D="
                    + selector
                    + "&start="
                    + from / 1000
                    + "&end="
                    + to / 1000))
        .POST(BodyPublishers.noBody());
  }

  private void delete(LookoutProcess node, String series, long from, long to) {
    HttpResponse<String> answer = sent(deletion(node, series, from, to));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    Objects.requireNonNull(expected.get(series)).subMap(from, true, to, true).clear();
  }

  private JsonObject data(LookoutProcess node, String path, String query) {
    HttpResponse<String> answer =
        sent(
            HttpRequest.newBuilder(
                URI.create(
                    node.url()
                        + path
                        + "&query="
                        + URLEncoder.encode(query, StandardCharsets.UTF_8))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body()).getJsonObject("data");
  }

  /** Samples as they are stored. */
  private Map<Long, Double> samples(LookoutProcess node, String series) {
    String at = "/api/v1/query?time=" + end / 1000;
    Map<Long, Double> samples = new TreeMap<>();
    for (Object each : data(node, at, "level{i=\"" + series + "\"}[3d]").getJsonArray("result")) {
      for (Object point : ((JsonObject) each).getJsonArray("values")) {
        JsonArray pair = (JsonArray) point;
        long time = Math.round(pair.getDouble(0) * 1000);
        assertThat(samples.put(time, Double.parseDouble(pair.getString(1)))).isNull();
      }
    }
    return samples;
  }

  /** How many samples there are in the hours before each hour, as aggregates may tell it. */
  private JsonObject hours(LookoutProcess node) {
    String range =
        "/api/v1/query_range?stats=all&step=3600&start=%d&end=%d"
            .formatted(start / 1000, end / 1000);
    return data(node, range, "count_over_time(level[1h])");
  }

  private static Map<String, Long> counts(JsonObject hours) {
    Map<String, Long> counts = new TreeMap<>();
    for (Object each : hours.getJsonArray("result")) {
      String series = ((JsonObject) each).getJsonObject("metric").getString("i");
      for (Object point : ((JsonObject) each).getJsonArray("values")) {
        counts.merge(series, Long.parseLong(((JsonArray) point).getString(1)), Long::sum);
      }
    }
    return counts;
  }

  private Map<String, Long> expectedCounts() {
    Map<String, Long> counts = new TreeMap<>();
    expected.forEach((series, samples) -> counts.put(series, (long) samples.size()));
    return counts;
  }

  private void assertAllIsThere(LookoutProcess node) {
    expected.forEach((series, samples) -> assertThat(samples(node, series)).isEqualTo(samples));
    assertThat(counts(hours(node))).isEqualTo(expectedCounts());
  }

  /** Days are compacted, and their aggregates tell what there is. */
  private void awaitAggregates(LookoutProcess node) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          JsonObject hours = hours(node);
          assertThat(counts(hours)).isEqualTo(expectedCounts());
          return hours.getJsonObject("stats").containsKey("downsampled");
        });
  }

  /** A deletion that is broken off by the end of the node, at some moment. */
  private void killWhileItDeletes(LookoutProcess node, String series, long from, long to) {
    CompletableFuture<HttpResponse<String>> asked =
        HTTP.sendAsync(deletion(node, series, from, to).build(), BodyHandlers.ofString());
    new CompletableFuture<Void>()
        .completeOnTimeout(null, random.nextInt(60), TimeUnit.MILLISECONDS)
        .join();
    node.kill();
    asked.exceptionally(broken -> null).join();
  }

  @Test
  void deletedSamplesStayAway() throws IOException {
    long noon = start + DAY / 2;
    try (LookoutProcess node = node()) {
      for (String series : List.of("a", "b", "c")) {
        write(node, series, start + STEP, end, 0);
      }
      delete(node, "a", noon, noon + 3 * HOUR);
      assertAllIsThere(node);
      awaitAggregates(node);
      delete(node, "a", start, noon - 5 * HOUR);
      write(node, "a", noon + HOUR, noon + 2 * HOUR, 1000);
      assertAllIsThere(node);
      killWhileItDeletes(node, "b", noon - HOUR, end - HOUR);
    }
    try (LookoutProcess node = node()) {
      assertThat(expected.get("b")).containsAllEntriesOf(samples(node, "b"));
      delete(node, "b", noon - HOUR, end - HOUR);
      assertAllIsThere(node);
      assertThat(
              sent(HttpRequest.newBuilder(
                          URI.create(node.url() + "/api/v1/admin/tsdb/clean_tombstones"))
                      .POST(BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(204);
      awaitAggregates(node);
      node.kill();
    }
    try (LookoutProcess node = node()) {
      assertAllIsThere(node);
      awaitAggregates(node);
    }
  }
}
