package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.cluster.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scraping by processes: reloads while it goes on, and a node that is killed. */
class ScrapeIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String GLOBAL = "global: {scrape_interval: 200ms}\nscrape_configs:\n";
  private static final int TARGETS = 20;

  /** How often the series of a target was new, but for after scrapes that took too long. */
  private static final String BEGINNINGS =
      "sum_over_time(scrape_series_added{job='stays'}[1h])"
          + " - count_over_time(up{job='stays'}[1h]) + sum_over_time(up{job='stays'}[1h])";

  @TempDir private Path directory = Path.of("");

  private final CountedTargets targets = open();
  private Path configuration = directory;

  private static CountedTargets open() {
    try {
      return new CountedTargets();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void nameConfiguration() {
    configuration = directory.resolve("prometheus.yml");
  }

  @AfterEach
  void stop() {
    targets.close();
  }

  private LookoutProcess start(String name, String... more) throws IOException {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--set=scrape.self=false";
    arguments[1] = "--set=scrape.configs=" + configuration;
    System.arraycopy(more, 0, arguments, 2, more.length);
    return LookoutProcess.start(directory.resolve(name), arguments);
  }

  private void configure(String jobs) throws IOException {
    Files.writeString(configuration, GLOBAL + jobs);
  }

  private void awaitScrapes(String job, int target, int more) {
    int before = targets.scrapes(job, target);
    await(job + "/" + target)
        .atMost(LONG)
        .until(() -> targets.scrapes(job, target) >= before + more);
  }

  private static String send(HttpRequest.Builder request) {
    return HttpClient.newHttpClient()
        .sendAsync(request.build(), BodyHandlers.ofString())
        .join()
        .body();
  }

  private static int reload(LookoutProcess lookout) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(lookout.url() + "/-/reload"))
            .POST(BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient()
        .sendAsync(request, BodyHandlers.discarding())
        .join()
        .statusCode();
  }

  private static JsonArray query(LookoutProcess lookout, String query) {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    URI uri = URI.create(lookout.url() + "/api/v1/query?query=" + encoded);
    return new JsonObject(send(HttpRequest.newBuilder(uri)))
        .getJsonObject("data")
        .getJsonArray("result");
  }

  private static double value(LookoutProcess lookout, String query) {
    JsonArray result = query(lookout, query);
    assertThat(result).as(query).hasSize(1);
    return Double.parseDouble(result.getJsonObject(0).getJsonArray("value").getString(1));
  }

  /** Over all nodes; none while a node that is known does not answer. */
  private static int active(LookoutProcess lookout) {
    URI uri = URI.create(lookout.url() + "/api/v1/targets?state=active");
    JsonObject data = new JsonObject(send(HttpRequest.newBuilder(uri))).getJsonObject("data");
    return data == null ? 0 : data.getJsonArray("activeTargets").size();
  }

  @Test
  void reloadsDisturbNothingThatStays() throws IOException {
    configure(targets.job("stays", 1));
    try (LookoutProcess lookout = start("one")) {
      awaitScrapes("stays", 0, 3);
      configure(targets.job("stays", 1) + targets.job("comes", 1));
      lookout.hangUp();
      awaitScrapes("comes", 0, 3);

      Files.writeString(configuration, "scrape_configs: [{job_name: stays, unknown: 1}]");
      assertThat(reload(lookout)).isEqualTo(500);
      awaitScrapes("comes", 0, 1);

      configure(targets.job("stays", 1));
      assertThat(reload(lookout)).isEqualTo(200);
      await().atMost(LONG).until(() -> query(lookout, "up{job='comes'}").isEmpty());
      awaitScrapes("stays", 0, 3);
      assertThat(value(lookout, BEGINNINGS)).as("the loop began once").isLessThanOrEqualTo(1);
    }
  }

  @Test
  void targetsMoveWhenTheirNodeIsKilled() throws IOException {
    configure(targets.job("app", TARGETS));
    int first = FreePort.find();
    try (LookoutProcess stays = start("stays", member("stays", first, first));
        LookoutProcess goes =
            start("goes", member("goes", FreePort.find(), first, "--roles=ingest"))) {
      await().atMost(LONG).until(() -> active(stays) == TARGETS && goes.isAlive());
      for (int i = 0; i < TARGETS; i++) {
        awaitScrapes("app", i, 1);
      }
      goes.kill();
      await().atMost(LONG).until(() -> active(stays) == TARGETS);
      for (int i = 0; i < TARGETS; i++) {
        awaitScrapes("app", i, 2);
      }
      await().atMost(LONG).until(() -> value(stays, "count(up == 1)") == TARGETS);
    }
  }

  private static String[] member(String name, int port, int first, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "--set=cluster.enabled=true";
    arguments[1] = "--set=cluster.node=" + name;
    arguments[2] = "--set=cluster.listen=127.0.0.1:" + port;
    arguments[3] = "--set=cluster.members=127.0.0.1:" + first;
    System.arraycopy(more, 0, arguments, 4, more.length);
    return arguments;
  }
}
