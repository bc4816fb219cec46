package io.lookout.ingest;

import static io.lookout.ingest.ConfiguredScrapeTest.samplesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scrape_failure_log_file}: what stands in it, who shares it, and what a reload does. */
class ScrapeFailureLogTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final String TWO_JOBS =
      """
      global: {scrape_interval: 50ms, scrape_failure_log_file: failed.json}
      scrape_configs:
        - {job_name: nobody, static_configs: [{targets: ["127.0.0.1:1"]}]}
        - {job_name: nothing, static_configs: [{targets: ["127.0.0.1:1"]}]}
      """;

  @TempDir private Path directory = Path.of("");

  private Path write(String configuration) throws IOException {
    return Files.writeString(directory.resolve("prometheus.yml"), configuration);
  }

  private TestNode start(String configuration) throws IOException {
    return TestNode.start("scrape.self: false\nscrape.configs: " + write(configuration));
  }

  private List<JsonObject> lines(String name) {
    try {
      Path file = directory.resolve(name);
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(JsonObject::new).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitJob(String name, String job) {
    await()
        .atMost(LONG)
        .until(() -> lines(name).stream().anyMatch(line -> job.equals(line.getString("job_name"))));
  }

  @Test
  void jobsShareTheFileOfTheGlobalSection() throws IOException {
    try (TestNode node = start(TWO_JOBS)) {
      awaitJob("failed.json", "nobody");
      awaitJob("failed.json", "nothing");
      JsonObject line = lines("failed.json").get(0);
      assertThat(line.fieldNames()).containsExactly("time", "level", "msg", "job_name", "target");
      assertThat(line.getString("level")).isEqualTo("ERROR");
      assertThat(line.getString("time")).isEqualTo(TestNode.NOW.toString());
      assertThat(line.getString("msg")).contains("refused");
      assertThat(line.getString("target")).isEqualTo("http://127.0.0.1:1/metrics");
      assertThat(node.count("lookout.scrape.failure.log.lost")).isZero();
    }
  }

  @Test
  void aReloadOpensTheFileAnewAndDisturbsNoLoop() throws IOException {
    try (TestNode node = start(TWO_JOBS)) {
      awaitJob("failed.json", "nobody");
      Files.move(directory.resolve("failed.json"), directory.resolve("failed.1"));
      TestNode.await(node.role.reload());
      awaitJob("failed.json", "nobody");

      write(TWO_JOBS.replace("failed.json", "other.json"));
      TestNode.await(node.role.reload());
      int before = lines("failed.json").size();
      awaitJob("other.json", "nobody");
      assertThat(lines("failed.json")).hasSize(before);
      // A loop that had been ended would have left markers.
      assertThat(samplesOf(node, "up")).allMatch(up -> up.value() == 0);
    }
  }

  @Test
  void aFileThatCannotBeOpenedStopsStartAndReload() throws IOException {
    String broken = TWO_JOBS.replace("failed.json", "no/such/directory.json");
    assertThatThrownBy(() -> start(broken).close())
        .rootCause()
        .hasMessageContaining("directory.json");
    try (TestNode node = start(TWO_JOBS)) {
      write(broken);
      assertThatThrownBy(() -> TestNode.await(node.role.reload()))
          .hasMessageContaining("cannot open scrape_failure_log_file");
      int before = lines("failed.json").size();
      await().atMost(LONG).until(() -> lines("failed.json").size() > before);
    }
  }

  @Test
  void aJobsOwnFileComesFirst() throws IOException {
    String own =
        TWO_JOBS.replace("job_name: nobody", "job_name: nobody, scrape_failure_log_file: own.json");
    try (TestNode node = start(own)) {
      awaitJob("own.json", "nobody");
      awaitJob("failed.json", "nothing");
      assertThat(lines("own.json")).allMatch(line -> line.getString("job_name").equals("nobody"));
      assertThat(node.count("lookout.scrape.reloads")).isZero();
    }
  }
}
