package io.lookout.ingest.tap;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.settings.ByteSize;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTapTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.open(vertx);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Queue<WriteBatch> heard = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  private BusTap tap(String limit, Duration interval) {
    return new BusTap(bus, new TapSettings(ByteSize.parse(limit), interval), meters);
  }

  private MessageConsumer<Object> subscribe(String tenant) {
    return await(bus.listener(Addresses.samples(tenant), WriteBatch.class, heard::add));
  }

  private static WriteBatch batch(String tenant) {
    WriteBatch.Builder batch = new WriteBatch.Builder(tenant, 1);
    batch.sample(batch.series(SeriesKey.of(tenant, Labels.of("__name__", "up"))), 1000, 1);
    return batch.build();
  }

  private double count(String meter) {
    return meters.get(meter).counter().count();
  }

  @Test
  void publishesOnlyToThoseWhoListen() {
    BusTap tap = tap("1MiB", Duration.ofMillis(1));
    for (int i = 0; i < 10; i++) {
      tap.accepted(batch("t"));
    }
    assertThat(count("lookout.tap.published.samples")).isZero();

    MessageConsumer<Object> consumer = subscribe("t");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          tap.accepted(batch("t"));
          return !heard.isEmpty();
        });
    assertThat(heard.element().tenant()).isEqualTo("t");
    assertThat(heard.element().series()[0].labels()).isEqualTo(Labels.of("__name__", "up"));

    await(consumer.unregister());
    heard.clear();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          double before = count("lookout.tap.published.samples");
          tap.accepted(batch("t"));
          return count("lookout.tap.published.samples") == before;
        });
    assertThat(count("lookout.tap.dropped.samples")).isZero();
  }

  @Test
  void looksForListenersOnceAnInterval() {
    BusTap tap = tap("1MiB", Duration.ofDays(1));
    tap.accepted(batch("t"));
    subscribe("t");
    tap.accepted(batch("t"));
    subscribe("u");
    tap.accepted(batch("u"));

    Awaitility.await().atMost(PATIENCE).until(() -> !heard.isEmpty());
    assertThat(heard).extracting(WriteBatch::tenant).containsOnly("u");
  }

  @Test
  void whatIsTooMuchIsDroppedAndCounted() {
    BusTap tap = tap("1", Duration.ofDays(1));
    subscribe("t");
    tap.accepted(batch("t"));
    Awaitility.await().atMost(PATIENCE).until(() -> count("lookout.tap.published.samples") == 1);
    for (int i = 0; i < 100; i++) {
      tap.accepted(batch("t"));
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    count("lookout.tap.published.samples") + count("lookout.tap.dropped.samples"))
                .isEqualTo(101));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> heard.size() == (int) count("lookout.tap.published.samples"));
  }
}
