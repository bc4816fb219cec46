package io.lookout.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.bus.Addresses;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets of a configuration, scraped over HTTP. */
class ConfiguredScrapeTest {
  @TempDir private Path directory = Path.of("");

  private final Exporter exporter = new Exporter();

  @AfterEach
  void stop() {
    exporter.close();
  }

  private TestNode start(String configuration) throws IOException {
    return TestNode.start("scrape.self: false\nscrape.configs: " + write(configuration));
  }

  private Path write(String configuration) throws IOException {
    return Files.writeString(
        directory.resolve("prometheus.yml"),
        configuration.replace("TARGET", "127.0.0.1:" + exporter.port()));
  }

  static List<TestShards.Sample> samplesOf(TestNode node, String metric) {
    return node.shards.samples.stream()
        .filter(sample -> sample.labels().metricName().equals(metric))
        .toList();
  }

  static TargetReport targets(TestNode node) {
    return TestNode.await(
        node.bus.request(
            Addresses.targets(TestNode.ID),
            new TargetQuery("", true),
            TargetReport.class,
            Duration.ofSeconds(5)));
  }

  private static String problem(TestNode node) {
    await().until(() -> !targets(node).active().get(0).lastError().isEmpty());
    return targets(node).active().get(0).lastError();
  }

  private static final String PLAIN =
      """
      global: {scrape_interval: 100ms}
      scrape_configs:
        - job_name: app
          static_configs: [{targets: [TARGET], labels: {zone: a}}]
      """;

  @Test
  void scrapesWhatIsListed() throws IOException {
    exporter.answer("# TYPE things counter\nthings 7\n");
    try (TestNode node = start(PLAIN)) {
      await().until(() -> samplesOf(node, "things").size() > 2);
      assertThat(samplesOf(node, "things").get(0).labels())
          .isEqualTo(
              Labels.of(
                  "__name__",
                  "things",
                  "instance",
                  "127.0.0.1:" + exporter.port(),
                  "job",
                  "app",
                  "zone",
                  "a"));
      TargetReport report = targets(node);
      assertThat(report.pools()).containsExactly("app");
      assertThat(report.active()).hasSize(1);
      assertThat(report.active().get(0).health()).isEqualTo("up");
      assertThat(report.active().get(0).metadata()).hasSize(1);
      assertThat(exporter.header("Accept"))
          .startsWith("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,");
      assertThat(exporter.header("X-Prometheus-Scrape-Timeout-Seconds")).isEqualTo("0.1");
      assertThat(exporter.header("Accept-Encoding")).isEqualTo("gzip");
    }
  }

  @Test
  void asksAsTheJobSays() throws IOException {
    exporter.answer("things 7\n");
    Files.writeString(directory.resolve("password"), "secret\n");
    String job =
        """
        global: {scrape_interval: 100ms}
        scrape_configs:
          - job_name: app
            metrics_path: /probe
            params: {module: [http_2xx], target: [x, y]}
            basic_auth: {username: me, password_file: password}
            http_headers: {X-Scope: {values: [one]}}
            enable_compression: false
            static_configs: [{targets: [TARGET]}]
            relabel_configs:
              - {target_label: __param_module, replacement: tcp}
              - {source_labels: [__address__], target_label: host, regex: "([^:]+):.*"}
            metric_relabel_configs:
              - {source_labels: [__name__], target_label: __name__, replacement: "my_$1"}
        """;
    try (TestNode node = start(job)) {
      await().until(() -> !samplesOf(node, "my_things").isEmpty());
      assertThat(samplesOf(node, "my_things").get(0).labels().get("host")).isEqualTo("127.0.0.1");
      assertThat(samplesOf(node, "up")).isNotEmpty();
      assertThat(exporter.path()).isEqualTo("/probe?module=tcp&target=x&target=y");
      assertThat(exporter.header("Authorization")).isEqualTo("Basic bWU6c2VjcmV0");
      assertThat(exporter.header("X-Scope")).isEqualTo("one");
      assertThat(exporter.header("Accept-Encoding")).isEmpty();
    }
  }

  @Test
  void aReloadLeavesTargetsAloneThatStay() throws IOException {
    exporter.answer("things 7\n");
    try (TestNode node = start(PLAIN)) {
      await().until(() -> samplesOf(node, "things").size() > 2);
      write(PLAIN.replace("[TARGET]", "[TARGET, \"127.0.0.1:1\"]"));
      TestNode.await(node.role.reload());
      await().until(() -> targets(node).active().size() == 2);
      int scraped = samplesOf(node, "things").size();
      await().until(() -> samplesOf(node, "things").size() > scraped + 2);

      assertThat(samplesOf(node, "things")).noneMatch(s -> SampleColumns.isStale(s.value()));
      assertThat(
              samplesOf(node, "scrape_series_added").stream()
                  .filter(s -> s.labels().valueOf("instance").endsWith(":" + exporter.port()))
                  .filter(s -> s.value() > 0))
          .hasSize(1);
    }
  }

  @Test
  void aBadReloadChangesNothing() throws IOException {
    exporter.answer("things 7\n");
    try (TestNode node = start(PLAIN)) {
      await().until(() -> !samplesOf(node, "things").isEmpty());
      write(PLAIN + "    scrape_intervall: 5s\n");

      assertThatThrownBy(() -> TestNode.await(node.role.reload()))
          .rootCause()
          .hasMessageContaining("prometheus.yml:5: field \"scrape_intervall\" is not known");
      assertThat(targets(node).active()).hasSize(1);
    }
  }

  @Test
  void targetsThatGoLeaveMarkers() throws IOException {
    exporter.answer("things 7\n");
    try (TestNode node = start(PLAIN)) {
      await().until(() -> !samplesOf(node, "things").isEmpty());
      write(PLAIN.replace("[TARGET]", "[]"));
      TestNode.await(node.role.reload());

      await()
          .untilAsserted(() -> {
            assertThat(samplesOf(node, "things"))
                .last()
                .matches(s -> SampleColumns.isStale(s.value()));
            assertThat(samplesOf(node, "up")).last().matches(s -> SampleColumns.isStale(s.value()));
          });
      assertThat(targets(node).active()).isEmpty();
    }
  }

  @Test
  void followsDiscoveryFiles() throws IOException {
    exporter.answer("things 7\n");
    Path list = directory.resolve("targets.json");
    Files.writeString(list, "[]");
    String job =
        """
        global: {scrape_interval: 100ms}
        scrape_configs:
          - job_name: files
            file_sd_configs: [{files: ["targets.*n"]}]
        """;
    try (TestNode node = start(job.replace("*n", "json"))) {
      assertThat(targets(node).active()).isEmpty();
      Files.writeString(
          list, "[{\"targets\":[\"127.0.0.1:" + exporter.port() + "\"],\"labels\":{\"a\":\"b\"}}]");
      await().until(() -> !samplesOf(node, "things").isEmpty());
      assertThat(samplesOf(node, "things").get(0).labels().get("a")).isEqualTo("b");
      assertThat(targets(node).active().get(0).discovered().get("__meta_filepath"))
          .isEqualTo(list.toString());
      Files.writeString(list, "{broken");
      assertThat(targets(node).active()).hasSize(1);
    }
  }

  @Test
  void followsDiscoveryServers() throws IOException {
    exporter.answer("things 7\n");
    exporter.lists("[{\"targets\":[\"TARGET\"],\"labels\":{\"a\":\"b\"}}]");
    String job =
        """
        global: {scrape_interval: 100ms}
        scrape_configs:
          - job_name: servers
            http_sd_configs: [{url: "http://TARGET/list", refresh_interval: 100ms}]
        """;
    try (TestNode node = start(job)) {
      await().until(() -> !samplesOf(node, "things").isEmpty());
      assertThat(targets(node).active().get(0).discovered().get("__meta_url")).endsWith("/list");
      exporter.lists("[]");
      await().until(() -> targets(node).active().isEmpty());
    }
  }

  @Test
  void saysWhyATargetIsDown() throws IOException {
    exporter.answerAs("application/json", "{}");
    try (TestNode node = start(PLAIN)) {
      assertThat(problem(node))
          .isEqualTo(
              "received unsupported Content-Type \"application/json\" and no"
                  + " fallback_scrape_protocol specified for target");
      assertThat(samplesOf(node, "up").get(0).value()).isZero();
    }
  }

  @Test
  void limitsWhatATargetMaySend() throws IOException {
    exporter.answer("a 1\nb 2\nc 3\n");
    String limit = PLAIN + "    sample_limit: 2\n";
    try (TestNode node = start(limit)) {
      assertThat(problem(node)).isEqualTo("sample limit exceeded");
      assertThat(samplesOf(node, "a")).allMatch(a -> SampleColumns.isStale(a.value()));
      assertThat(samplesOf(node, "scrape_samples_post_metric_relabeling").get(0).value())
          .isEqualTo(3);
    }
  }

  @Test
  void survivesABombInGzip() throws IOException {
    exporter.bomb(200 << 20);
    try (TestNode node = start(PLAIN + "    body_size_limit: 1MB\n")) {
      // On a busy machine some answers come too late.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> problem(node).equals("body size limit exceeded"));
    }
  }

  @Test
  void survivesABodyWithoutEnd() throws IOException {
    exporter.endless();
    try (TestNode node = start(PLAIN + "    body_size_limit: 1MB\n")) {
      assertThat(problem(node))
          .isIn(
              "body size limit exceeded",
              "context deadline exceeded: no whole answer within the timeout");
    }
  }

  @Test
  void doesNotWaitForASlowTarget() throws IOException {
    exporter.drip();
    try (TestNode node = start(PLAIN)) {
      assertThat(problem(node)).startsWith("context deadline exceeded");
    }
  }

  @Test
  void takesNothingOfAConnectionThatWasCut() throws IOException {
    exporter.cut("things 7\n");
    try (TestNode node = start(PLAIN)) {
      assertThat(problem(node)).containsIgnoringCase("closed");
      assertThat(samplesOf(node, "things")).isEmpty();
    }
  }
}
