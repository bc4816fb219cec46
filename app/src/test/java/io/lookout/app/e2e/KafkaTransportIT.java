package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.KafkaBroker;
import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built jar with {@code transport: kafka}: whatever is killed under load, broker or node, what
 * was acknowledged is there, and once. {@code -Dcrash.rounds=50} kills more often.
 */
class KafkaTransportIT {
  private static final int ROUNDS = Math.max(1, Integer.getInteger("crash.rounds", 5) / 5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int[] LOOKED_AT = {0, 42, 99};

  private static @Nullable KafkaBroker started;

  @TempDir private Path directory = Path.of("");

  /** Each test has a topic and a group of its own. */
  private LookoutProcess node(KafkaBroker broker, String topic) throws IOException {
    return LookoutProcess.start(
        directory.resolve("node"),
        "--set=scrape.self=false",
        "--set=transport=kafka",
        "--set=kafka.transport.topic=" + topic,
        "--set=kafka.transport.group=" + topic,
        "--set=kafka.brokers=" + broker.address(),
        "--set=kafka.timeout=2s",
        "--set=storage.shards=3",
        "--set=storage.window=5s",
        "--set=storage.seal.delay=1s",
        "--set=storage.late.delay=1s");
  }

  /** Writes as fast as it is answered until told to end, and remembers what was acknowledged. */
  private static void load(String url, AtomicBoolean end, Map<Long, Double> acknowledged) {
    long last = 0;
    while (!end.get()) {
      last = Math.max(last + 1, System.currentTimeMillis());
      if (Samples.send(url, last, CrashLoad.value(last)).join().statusCode() == 204) {
        acknowledged.put(last, CrashLoad.value(last));
      }
    }
  }

  private static void awaitMore(Map<Long, Double> acknowledged) {
    int before = acknowledged.size();
    await().atMost(PATIENCE).until(() -> acknowledged.size() >= before + 20);
  }

  private static void awaitAll(LookoutProcess node, Map<Long, Double> acknowledged, long end) {
    for (int number : LOOKED_AT) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(Samples.of(node.url(), number, end)).containsAllEntriesOf(acknowledged));
    }
  }

  @BeforeAll
  static void startBroker(@TempDir Path home) throws IOException {
    started = KafkaBroker.start(home);
  }

  @AfterAll
  static void stopBroker() {
    broker().close();
  }

  private static KafkaBroker broker() {
    return Objects.requireNonNull(started);
  }

  @Test
  void aBrokerThatIsKilledAndComesBackLosesAndDoublesNothing() throws Exception {
    KafkaBroker broker = broker();
    try (LookoutProcess node = node(broker, "broker-killed")) {
      String url = node.url();
      AtomicBoolean end = new AtomicBoolean();
      Map<Long, Double> acknowledged = new ConcurrentSkipListMap<>();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(() -> load(url, end, acknowledged));
      for (int round = 0; round < ROUNDS; round++) {
        awaitMore(acknowledged);
        broker.kill();
        await().atMost(PATIENCE).until(() -> Samples.send(url, 1, 1).join().statusCode() == 503);
        broker.restart();
        awaitMore(acknowledged);
      }
      end.set(true);
      writer.join();
      awaitAll(node, acknowledged, System.currentTimeMillis());
    }
  }

  @Test
  void aNodeThatIsKilledReadsOnWhereItsLogEnds() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    CrashLoad load = new CrashLoad();
    for (int round = 0; round < ROUNDS; round++) {
      try (LookoutProcess node = node(broker(), "node-killed")) {
        String url = node.url();
        await().atMost(PATIENCE).until(() -> Samples.send(url, 1, 1).join().statusCode() == 204);
        load.run(url, 50 + random.nextInt(200), node::kill);
      }
    }
    try (LookoutProcess node = node(broker(), "node-killed")) {
      awaitAll(node, load.acknowledged(), load.lastTime() + 1);
      for (int number : LOOKED_AT) {
        SortedMap<Long, Double> found = Samples.of(node.url(), number, load.lastTime() + 1);
        assertThat(load.attempted()).containsAll(found.keySet());
        found.forEach((time, value) -> assertThat(value).isEqualTo(CrashLoad.value(time)));
      }
    }
  }
}
