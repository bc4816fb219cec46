package io.lookout.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.model.bus.WriteBatch;
import io.lookout.model.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue before targets that do not want what others would. */
class QueueSenderTest {
  private static final int RECORDS = 10;
  private static final long UNWANTED = 4;

  @TempDir private Path directory = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Long> taken = new CopyOnWriteArrayList<>();
  private volatile boolean away = true;

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  private QueueOptions options() {
    return new QueueOptions(
        "the relay",
        "lookout.relay",
        "relay.queue.bytes",
        directory,
        1,
        QueueOptions.LEAST_BYTES,
        QueueSync.OS,
        5000,
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)));
  }

  /** Ten records, each of a sample whose time is its number, wait before the target is asked. */
  private Relay waitingFor(Function<WriteBatch, Answer> target) throws Exception {
    Target each =
        batch ->
            () -> Future.succeededFuture(away ? new Answer.Later("away", 0) : target.apply(batch));
    Relay relay = done(Relay.start(vertx, options(), each, meters));
    for (int i = 0; i < RECORDS; i++) {
      done(relay.write(Batches.ofOneSample(1, i)));
    }
    away = false;
    return relay;
  }

  private Answer take(WriteBatch batch) {
    for (int i = 0; i < batch.sampleCount(); i++) {
      taken.add(batch.times()[i]);
    }
    return new Answer.Taken();
  }

  private static boolean hasUnwanted(WriteBatch batch) {
    for (int i = 0; i < batch.sampleCount(); i++) {
      if (batch.times()[i] == UNWANTED) {
        return true;
      }
    }
    return false;
  }

  private double samples(String outcome) {
    return meters.get("lookout.relay.samples").tag("outcome", outcome).counter().count();
  }

  @Test
  void whatIsRefusedCostsNothingThatWasSentAlong() throws Exception {
    Relay relay =
        waitingFor(batch -> hasUnwanted(batch) ? new Answer.Refused("is choosy") : take(batch));
    await().atMost(Duration.ofMinutes(1)).until(() -> samples("sent") == RECORDS - 1);
    await().atMost(Duration.ofMinutes(1)).until(() -> samples("refused") == 1);
    assertThat(taken).containsExactly(0L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L);
    done(relay.stop());
  }

  @Test
  void aTargetThatThrowsIsAskedAgain() throws Exception {
    List<Integer> asked = new CopyOnWriteArrayList<>();
    Relay relay =
        waitingFor(batch -> {
          asked.add(batch.sampleCount());
          if (asked.size() < 3) {
            throw new IllegalStateException("not expected");
          }
          return take(batch);
        });
    await().atMost(Duration.ofMinutes(1)).until(() -> samples("sent") == RECORDS);
    assertThat(taken).hasSize(RECORDS).isSorted();
    done(relay.stop());
  }

  @Test
  void aRecordThatCannotBeMadeARequestIsSkippedAndCounted() throws Exception {
    Target choosy =
        batch -> {
          if (hasUnwanted(batch)) {
            throw new IllegalArgumentException("cannot be said");
          }
          return () -> Future.succeededFuture(take(batch));
        };
    Relay relay = done(Relay.start(vertx, options(), choosy, meters));
    for (int i = 0; i < RECORDS; i++) {
      done(relay.write(Batches.ofOneSample(1, i)));
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> samples("sent") == RECORDS - 1);
    assertThat(taken).doesNotContain(UNWANTED).hasSize(RECORDS - 1).isSorted();
    assertThat(meters.get("lookout.relay.damaged.records").counter().count()).isEqualTo(1);
    done(relay.stop());
  }
}
