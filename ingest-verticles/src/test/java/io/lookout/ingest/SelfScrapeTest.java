package io.lookout.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The node's own metrics, fetched over HTTP. */
class SelfScrapeTest {
  private static TestNode start(String exposed, AtomicInteger scrapes) {
    return TestNode.start(
        "scrape.interval: 1s",
        router ->
            router
                .get("/metrics")
                .handler(context -> {
                  scrapes.incrementAndGet();
                  context.response().end(exposed);
                }));
  }

  private static List<TestShards.Sample> samplesOf(TestNode node, String metric) {
    return node.shards.samples.stream()
        .filter(sample -> sample.labels().metricName().equals(metric))
        .toList();
  }

  @Test
  void beginsAsSoonAsTheServerListens() {
    AtomicInteger scrapes = new AtomicInteger();
    try (TestNode node = start("lookout_things 7\n", scrapes)) {
      await().until(() -> samplesOf(node, "up").stream().anyMatch(up -> up.value() == 1));
      await().until(() -> !samplesOf(node, "lookout_things").isEmpty());

      String instance = "127.0.0.1:" + node.port;
      assertThat(samplesOf(node, "lookout_things").get(0).labels())
          .isEqualTo(
              Labels.of("__name__", "lookout_things", "job", "lookout", "instance", instance));
      assertThat(samplesOf(node, "lookout_things").get(0).value()).isEqualTo(7);
      await().until(() -> scrapes.get() > 2);
    }
  }

  @Test
  void leavesMarkersWhenTheNodeStops() {
    TestNode node = start("lookout_things 7\n", new AtomicInteger());
    await().until(() -> !samplesOf(node, "lookout_things").isEmpty());
    node.close();

    assertThat(samplesOf(node, "up")).last().matches(up -> SampleColumns.isStale(up.value()));
    assertThat(samplesOf(node, "lookout_things"))
        .last()
        .matches(things -> SampleColumns.isStale(things.value()));
  }

  @Test
  void countsAsDownWhenItAnswersWithAnError() {
    try (TestNode node = TestNode.start("scrape.interval: 100ms")) {
      await().until(() -> !samplesOf(node, "up").isEmpty());
      assertThat(samplesOf(node, "up").get(0).value()).isZero();
    }
  }

  @Test
  void isLeftOutWhereSettingsSaySo() {
    AtomicInteger scrapes = new AtomicInteger();
    TestNode node =
        TestNode.start(
            "scrape.self: false",
            router -> router.get("/metrics").handler(context -> scrapes.incrementAndGet()));
    node.close();

    assertThat(scrapes).hasValue(0);
    assertThat(node.shards.samples).isEmpty();
  }
}
