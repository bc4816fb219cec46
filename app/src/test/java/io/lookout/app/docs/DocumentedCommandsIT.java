package io.lookout.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.app.repository.Markdown;
import io.lookout.app.repository.Repository;
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
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What README.md tells a newcomer to paste, pasted. */
class DocumentedCommandsIT {
  private static final Markdown README = Markdown.of(Repository.file("README.md"));
  private static final String SHOWN_URL = "http://127.0.0.1:9090";

  @TempDir private static Path directory = Path.of("");
  private static LookoutProcess lookout;

  @BeforeAll
  static void startAndWaitForItsOwnMetrics() throws IOException {
    lookout =
        LookoutProcess.start(
            directory, "--set", "scrape.interval=1s", "--set", "scrape.timeout=1s");
    await("a rate of its own metrics")
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> assertThat(answer(README.only("sh", "query_range"))).contains("metric"));
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  static List<String> commands() {
    return README.blocks().stream()
        .filter(block -> block.language().equals("sh"))
        .map(Markdown.Block::text)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsAnswer(String command) throws IOException {
    assertThat(answer(command)).contains("lookout");
  }

  /** The data of a successful answer, as text. */
  private static String answer(String command) throws IOException {
    JsonObject answer =
        new JsonObject(
            Shell.run(command.replace(SHOWN_URL, lookout.url()).replace("curl ", "curl -sSf ")));
    assertThat(answer.getString("status")).isEqualTo("success");
    return String.valueOf(answer.getValue("data"));
  }

  /** What Grafana asks when a data source of type Prometheus is saved and tested. */
  @Test
  void grafanaAcceptsTheDataSource() throws IOException, InterruptedException {
    Map<?, ?> source = dataSource();
    assertThat(source.get("type")).isEqualTo("prometheus");
    String url = String.valueOf(source.get("url")).replace(SHOWN_URL, lookout.url());
    assertThat(post(url + "/api/v1/query", "query=1%2B1&time=1767225600.000"))
        .contains("\"status\":\"success\"", "1767225600", "\"2\"");
    assertThat(get(url + "/api/v1/status/buildinfo")).contains("\"version\"");
    assertThat(get(url + "/api/v1/labels")).contains("\"__name__\"", "\"job\"");
    assertThat(post(url + "/api/v1/series", "match%5B%5D=up")).contains("\"__name__\":\"up\"");
  }

  private static Map<?, ?> dataSource() {
    Load yaml = new Load(LoadSettings.builder().build());
    Map<?, ?> file = (Map<?, ?>) yaml.loadFromString(README.only("yaml", "datasources:"));
    List<?> sources = (List<?>) Objects.requireNonNull(file.get("datasources"));
    return (Map<?, ?>) sources.getFirst();
  }

  private static String get(String url) throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private static String post(String url, String form) throws IOException, InterruptedException {
    return ask(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  private static String ask(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
