package io.lookout.ingest;

import static io.lookout.ingest.ConfiguredScrapeTest.samplesOf;
import static io.lookout.ingest.ConfiguredScrapeTest.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.SampleColumns;
import io.lookout.model.bus.TargetReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The targets of jobs: their number, and what a changed configuration makes of them. */
class ScrapePoolTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final String TWO =
      """
      global: {scrape_interval: 100ms}
      scrape_configs:
        - job_name: app
          static_configs: [{targets: [TARGET], labels: {zone: a}}, {targets: [TARGET]}]
      """;

  @TempDir private Path directory = Path.of("");

  private final Exporter exporter = new Exporter();

  @AfterEach
  void stop() {
    exporter.close();
  }

  private TestNode start(String configuration) throws IOException {
    exporter.answer("things 7\n");
    return TestNode.start("scrape.self: false\nscrape.configs: " + write(configuration));
  }

  private Path write(String configuration) throws IOException {
    return Files.writeString(
        directory.resolve("prometheus.yml"),
        configuration.replace("TARGET", "127.0.0.1:" + exporter.port()));
  }

  private void reload(TestNode node, String configuration) throws IOException {
    write(configuration);
    TestNode.await(node.role.reload());
  }

  private static List<TestShards.Sample> ofZone(TestNode node, String metric) {
    return samplesOf(node, metric).stream()
        .filter(sample -> sample.labels().get("zone") != null)
        .toList();
  }

  @Test
  void tooManyTargetsAreAllDown() throws IOException {
    try (TestNode node = start(TWO + "    target_limit: 1\n")) {
      await().atMost(LONG).until(() -> samplesOf(node, "up").size() > 2);
      assertThat(samplesOf(node, "up")).allMatch(up -> up.value() == 0);
      assertThat(targets(node).active())
          .hasSize(2)
          .allMatch(active -> active.health().equals("down"))
          .allMatch(active ->
              active.lastError().equals("target_limit exceeded (number of targets: 2, limit: 1)"));
      reload(node, TWO + "    target_limit: 2\n");
      await().atMost(LONG).until(() -> !samplesOf(node, "things").isEmpty());
    }
  }

  @Test
  void ofDroppedTargetsSoManyAreKeptAsTheJobSays() throws IOException {
    String dropping =
        TWO
            + """
                keep_dropped_targets: 1
                relabel_configs: [{source_labels: [job], regex: app, action: drop}]
            """;
    try (TestNode node = start(dropping)) {
      TargetReport report = targets(node);
      assertThat(report.active()).isEmpty();
      assertThat(report.dropped()).hasSize(1);
      assertThat(report.dropped().get(0).count()).isEqualTo(2);
      assertThat(report.dropped().get(0).discovered()).hasSize(1);
    }
  }

  @Test
  void aTargetThatGoesWithAChangedJobLeavesMarkers() throws IOException {
    try (TestNode node = start(TWO)) {
      await().atMost(LONG).until(() -> ofZone(node, "things").size() > 1);
      String changed = TWO.replace("{targets: [TARGET], labels: {zone: a}}, ", "");
      reload(node, changed + "    sample_limit: 5\n");
      await()
          .atMost(LONG)
          .untilAsserted(() -> {
            assertThat(ofZone(node, "things")).last().matches(ScrapePoolTest::isStale);
            assertThat(ofZone(node, "up")).last().matches(ScrapePoolTest::isStale);
          });
      assertThat(samplesOf(node, "up")).anyMatch(up -> up.value() == 1);
    }
  }

  @Test
  void aTargetThatStaysWithAChangedJobGoesOnWithoutMarkers() throws IOException {
    try (TestNode node = start(TWO)) {
      await().atMost(LONG).until(() -> ofZone(node, "things").size() > 1);
      reload(node, TWO + "    sample_limit: 5\n");
      int before = ofZone(node, "things").size();
      await().atMost(LONG).until(() -> ofZone(node, "things").size() > before + 1);
      assertThat(ofZone(node, "things")).noneMatch(ScrapePoolTest::isStale);
      assertThat(ofZone(node, "up")).noneMatch(ScrapePoolTest::isStale);
    }
  }

  @Test
  void aJobThatGoesLeavesMarkers() throws IOException {
    try (TestNode node = start(TWO)) {
      await().atMost(LONG).until(() -> ofZone(node, "things").size() > 1);
      reload(node, "scrape_configs: []");
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(ofZone(node, "things")).last().matches(ScrapePoolTest::isStale));
      assertThat(targets(node).pools()).isEmpty();
    }
  }

  private static boolean isStale(TestShards.Sample sample) {
    return SampleColumns.isStale(sample.value());
  }

  @Test
  void aDiscoveryServerThatFailsChangesNothing() throws IOException {
    exporter.lists("[{\"targets\":[\"TARGET\"]}]");
    String job =
        """
        global: {scrape_interval: 100ms}
        scrape_configs:
          - job_name: servers
            http_sd_configs: [{url: "http://TARGET/list", refresh_interval: 50ms}]
        """;
    try (TestNode node = start(job)) {
      await().atMost(LONG).until(() -> !samplesOf(node, "things").isEmpty());
      exporter.lists("{broken");
      int asked = exporter.asked();
      await().atMost(LONG).until(() -> exporter.asked() > asked + 3);
      assertThat(targets(node).active()).hasSize(1);
      exporter.lists("[]");
      await().atMost(LONG).until(() -> targets(node).active().isEmpty());
    }
  }
}
