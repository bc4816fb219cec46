package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.KafkaBroker;
import io.lookout.app.process.SharedKafkaBroker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two storage nodes of one group that know nothing of each other but what the broker tells them:
 * one of them joins, leaves and comes back while samples come.
 */
@ExtendWith(SharedKafkaBroker.class)
class KafkaPartitionsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SERIES = 24;

  @TempDir private Path directory = Path.of("");

  private final KafkaBroker broker;

  /** What was acknowledged: the value of each sample is its time. */
  private final Map<Long, Integer> seriesByTime = new ConcurrentHashMap<>();

  private final AtomicBoolean end = new AtomicBoolean();

  KafkaPartitionsTest(KafkaBroker broker) {
    this.broker = broker;
  }

  private RunningLookout node(String name) {
    return RunningLookout.start(
        directory.resolve(name),
        "cluster.node=" + name,
        "transport=kafka",
        "kafka.brokers=" + broker.address(),
        "kafka.transport.topic=shared-out",
        "kafka.transport.group=shared-out",
        "kafka.transport.partitions=6",
        "kafka.properties=session.timeout.ms=6000",
        "storage.shards=2");
  }

  /** One sample a request, a series after the other, until told to end. */
  private void load(RunningLookout to) {
    long time = 0;
    for (int i = 0; !end.get(); i = (i + 1) % SERIES) {
      time = Math.max(time + 1, System.currentTimeMillis());
      String line = "moved{i=\"" + i + "\"} " + time + " " + time + "\n";
      if (to.post("/api/v1/import/prometheus", line).statusCode() == 204) {
        seriesByTime.put(time, i);
      }
    }
  }

  /** All samples that a node has: the series of each time. */
  private static Map<Long, Integer> found(RunningLookout node) {
    Map<Long, Integer> found = new HashMap<>();
    JsonArray result = node.query("moved[1h]");
    for (int i = 0; i < result.size(); i++) {
      JsonObject series = result.getJsonObject(i);
      int number = Integer.parseInt(series.getJsonObject("metric").getString("i"));
      JsonArray values = series.getJsonArray("values");
      for (int j = 0; j < values.size(); j++) {
        JsonArray sample = values.getJsonArray(j);
        long time = Math.round(sample.getDouble(0) * 1000);
        assertThat(Double.parseDouble(sample.getString(1))).isEqualTo((double) time);
        assertThat(found.put(time, number)).as("a sample at %d twice", time).isNull();
      }
    }
    return found;
  }

  /** Until the node has later samples of so many series at least. */
  private static void awaitSeriesSince(RunningLookout node, long time, int series) {
    await()
        .atMost(PATIENCE)
        .until(() -> node.query("last_over_time(moved[1h]) > " + time).size() >= series);
  }

  @Test
  void whatMovesUnderLoadIsNeitherLostNorDoubled() {
    try (RunningLookout stays = node("stays")) {
      CompletableFuture<Void> load = CompletableFuture.runAsync(() -> load(stays));
      awaitSeriesSince(stays, 0, SERIES);
      try (RunningLookout comes = node("comes")) {
        awaitSeriesSince(comes, 0, 1);
      }
      // It has all partitions again when the group knows that the other has gone.
      awaitSeriesSince(stays, System.currentTimeMillis(), SERIES);
      try (RunningLookout comesBack = node("comes")) {
        awaitSeriesSince(comesBack, System.currentTimeMillis(), 1);
        end.set(true);
        load.join();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
              Map<Long, Integer> all = new HashMap<>(found(stays));
              all.putAll(found(comesBack));
              assertThat(all).containsAllEntriesOf(seriesByTime);
            });
      }
    } finally {
      end.set(true);
    }
  }
}
