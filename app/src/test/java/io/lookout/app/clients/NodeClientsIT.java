package io.lookout.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.app.test.WriteRequest;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The completion of Prometheus's console and Grafana's Prometheus data source, as published, ask a
 * Lookout that scrapes itself; Elasticsearch's clients send it events.
 */
class NodeClientsIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path directory = Path.of("");

  private static @Nullable LookoutProcess lookout;
  private static String url = "";

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    LookoutProcess started =
        LookoutProcess.start(
            directory.resolve("lookout"),
            "--set",
            "scrape.interval=1s",
            "--set",
            "scrape.timeout=1s");
    lookout = started;
    url = started.url();
    SampleColumns samples = new SampleColumns();
    samples.add(System.currentTimeMillis(), 1);
    WriteRequest request = new WriteRequest();
    request.add(Labels.of("__name__", "http.requests", "service.name", "größe"), samples);
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
            .header("Content-Type", WriteRequest.CONTENT_TYPE)
            .header("Content-Encoding", "snappy")
            .POST(BodyPublishers.ofByteArray(request.toByteArray()))
            .build();
    assertThat(HTTP.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get("/api/v1/query?query=up").contains("\"1\""));
  }

  private static String get(String path) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
        .body();
  }

  @AfterAll
  static void stop() {
    if (lookout != null) {
      lookout.close();
    }
  }

  private static List<Object> list(JsonObject object, String name) {
    return object.getJsonArray(name).stream().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void theConsolesCompletionFindsEverything(String method) throws IOException {
    JsonObject answers = NodeProject.install("codemirror").json("complete.mjs", url, method);
    assertThat(list(answers, "errors")).isEmpty();
    assertThat(list(answers, "metricNames")).contains("up", "lookout_build_info", "http.requests");
    assertThat(list(answers, "labelNames")).contains("__name__", "job", "service.name");
    assertThat(list(answers, "labelNamesOfUp")).containsExactly("__name__", "instance", "job");
    assertThat(list(answers, "jobsOfUp")).containsExactly("lookout");
    assertThat(answers.getJsonArray("series").getJsonObject(0).getString("job"))
        .isEqualTo("lookout");
    assertThat(answers.getString("typeOfCounter")).isEqualTo("counter");
    assertThat(answers.getInteger("metadataCount")).isGreaterThan(20);
    assertThat(list(answers, "flags")).contains("storage.retention");
    JsonObject completions = answers.getJsonObject("completions");
    assertThat(list(completions, "lookout_|")).contains("lookout_build_info", "rate");
    assertThat(list(completions, "up{|}")).contains("job", "instance");
    assertThat(list(completions, "up{job=\"|\"}")).containsExactly("lookout");
    assertThat(list(completions, "sum by (|) (up)")).contains("job");
  }

  @Test
  void grafanasDataSourceFindsEverything() throws IOException {
    NodeProject project = NodeProject.install("grafana", "--legacy-peer-deps").run("./bundle.sh");
    for (String method : List.of("POST", "GET")) {
      JsonObject answers = project.json("browse.mjs", url, method);
      assertThat(answers.getBoolean("exemplars")).isTrue();
      assertThat(list(answers, "metrics")).contains("up", "lookout_build_info", "http.requests");
      assertThat(list(answers, "labels")).contains("job", "service.name");
      assertThat(answers.getInteger("metadata")).isGreaterThan(20);
      assertThat(list(answers, "labelsOfUp")).contains("instance", "job");
      assertThat(list(answers, "jobsOfUp")).containsExactly("lookout");
      assertThat(list(answers, "services")).containsExactly("größe");
      assertThat(list(answers, "tagKeys")).contains("job");
      JsonObject variables = answers.getJsonObject("variables");
      assertThat(list(variables, "label_names()")).contains("job");
      assertThat(list(variables, "label_values(up, job)")).containsExactly("lookout");
      assertThat(list(variables, "metrics(lookout_build.*)")).containsExactly("lookout_build_info");
      assertThat(variables.getJsonArray("query_result(up)")).hasSize(1);
      assertThat(variables.getJsonArray("up")).hasSize(1);
      JsonArray asked = answers.getJsonArray("asked");
      assertThat(asked.stream().map(String::valueOf)).allMatch(line -> line.startsWith("200 "));
    }
  }

  @Test
  void elasticsearchsClientsSendEventsAsMetricbeat() throws Exception {
    JsonObject answers = NodeProject.install("elasticsearch").json("bulk.mjs", url + "/beat");
    for (String version : List.of("7", "8", "9")) {
      JsonObject answer = answers.getJsonObject(version);
      assertThat(answer.getBoolean("ping")).isTrue();
      assertThat(answer.getString("version")).startsWith(version + ".");
      assertThat(list(answer, "statuses")).containsExactly(201, 400);
      assertThat(answer.getBoolean("errors")).isTrue();
      assertThat(answer.getInteger("helped")).isEqualTo(1);
      for (String host : List.of("js-" + version, "js-" + version + "-helper")) {
        String query = "/api/v1/query?query=system_load_1%7Bhost%3D%22" + host + "%22%7D";
        assertThat(get(query)).contains("\"" + version + "\"]");
      }
    }
  }
}
