package io.lookout.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An outage of hours, in the time that its samples take: fifty series, a sample of each every 15 s.
 */
class RelayOutageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int SERIES = 50;
  private static final long INTERVAL_MS = 15_000;
  private static final int ROUNDS_OF_AN_HOUR = 240;
  private static final long BOUND = 4 << 20;

  @TempDir private Path directory = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Receiver receiver = new Receiver();

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** A target that is away until it is not. */
  private static final class Receiver implements Target {
    private final Map<SeriesKey, List<Long>> times = new HashMap<>();
    private volatile boolean away = true;
    private int requests;

    @Override
    public Delivery delivery(WriteBatch batch) {
      return () -> Future.succeededFuture(away ? new Answer.Later("is away", 0) : take(batch));
    }

    private synchronized Answer take(WriteBatch batch) {
      requests++;
      for (int i = 0; i < batch.sampleCount(); i++) {
        SeriesKey series = batch.series()[batch.seriesOf()[i]];
        times.computeIfAbsent(series, first -> new ArrayList<>()).add(batch.times()[i]);
      }
      return new Answer.Taken();
    }

    private synchronized int requests() {
      return requests;
    }

    private synchronized Map<SeriesKey, List<Long>> times() {
      return Map.copyOf(times);
    }
  }

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  private Relay relay(String name) throws Exception {
    QueueOptions options =
        new QueueOptions(
            "the relay",
            "lookout.relay",
            "relay.queue.bytes",
            directory.resolve(name),
            2,
            BOUND,
            QueueSync.OS,
            5000,
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)));
    return done(Relay.start(vertx, options, receiver, meters));
  }

  private static WriteBatch round(int round) {
    WriteBatch.Builder batch = new WriteBatch.Builder(Batches.TENANT, SERIES);
    for (int i = 0; i < SERIES; i++) {
      Labels labels = Labels.of("__name__", "node_load", "host", "host-" + i, "job", "node");
      batch.sample(
          batch.series(SeriesKey.of(Batches.TENANT, labels)),
          round * INTERVAL_MS,
          i + 0.25 * round);
    }
    return batch.build();
  }

  /** What {@code kill -9} leaves: the files as they are now, while the process still runs. */
  private void copyAsLeftByAKill(String from, String to) throws IOException {
    Path source = directory.resolve(from);
    try (Stream<Path> all = Files.walk(source)) {
      for (Path each : all.toList()) {
        Files.copy(each, directory.resolve(to).resolve(source.relativize(each)));
      }
    }
  }

  private double waiting() {
    return meters.get("lookout.relay.queue.bytes").gauge().value();
  }

  /** Writes until the queues are full; the first round that was not taken. */
  private int fill(Relay relay, int from) throws Exception {
    int round = from;
    try {
      while (true) {
        done(relay.write(round(round)));
        round++;
      }
    } catch (ExecutionException full) {
      assertThat(full.getCause())
          .isInstanceOf(LookoutException.class)
          .hasMessageContaining("relay.queue.bytes");
    }
    return round;
  }

  private static long files(Path queue) throws IOException {
    try (Stream<Path> all = Files.list(queue)) {
      return all.filter(file -> file.toString().endsWith(".queue")).count();
    }
  }

  private static List<Long> timesBefore(int end) {
    return Stream.iterate(0L, time -> time + INTERVAL_MS).limit(end).toList();
  }

  @Test
  void hoursOfSamplesOutliveAKillAndAFullDiskQueueAndArriveOnceInOrder() throws Exception {
    Relay killed = relay("agent");
    int rounds = 2 * ROUNDS_OF_AN_HOUR;
    for (int i = 0; i < rounds; i++) {
      done(killed.write(round(i)));
    }
    copyAsLeftByAKill("agent", "again");
    done(killed.stop());
    meters.clear();

    Relay relay = relay("again");
    rounds = fill(relay, rounds);
    assertThat(rounds).as("hours that the queue holds").isGreaterThan(5 * ROUNDS_OF_AN_HOUR);
    assertThat(files(directory.resolve("again/0"))).isGreaterThan(8);
    double full = waiting();
    assertThat(fill(relay, rounds)).isEqualTo(rounds);
    assertThat(waiting()).as("no queue takes its part of what another refuses").isEqualTo(full);
    assertThat(meters.get("lookout.relay.turned.away.batches").counter().count()).isEqualTo(2);

    receiver.away = false;
    double taken = (double) rounds * SERIES;
    await().atMost(PATIENCE).until(() -> sent() == taken);
    assertThat(receiver.requests()).as("requests for " + rounds * 2 + " records").isLessThan(100);
    // Whoever was turned away comes again with what it held.
    done(relay.write(round(rounds)));
    await().atMost(PATIENCE).until(() -> sent() == taken + SERIES);
    List<Long> all = timesBefore(rounds + 1);
    assertThat(receiver.times())
        .hasSize(SERIES)
        .allSatisfy(
            (series, times) -> assertThat(times).as(series.labels().toString()).isEqualTo(all));
    assertThat(waiting()).isZero();
    done(relay.stop());
  }

  private double sent() {
    return meters.get("lookout.relay.samples").tag("outcome", "sent").counter().count();
  }
}
