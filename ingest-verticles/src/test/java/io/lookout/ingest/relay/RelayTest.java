package io.lookout.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.settings.Settings;
import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.remotewrite.Announced;
import io.lookout.ingest.remotewrite.RemoteWriteDecoder;
import io.lookout.ingest.remotewrite.WireVersion;
import io.lookout.ingest.series.SeriesAdmission;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.series.SeriesCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay and a target that answers as it is told. */
class RelayTest {
  @TempDir private Path directory = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger status = new AtomicInteger(204);
  private final List<String> tenants = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Long> askedAt = new CopyOnWriteArrayList<>();
  private final List<WriteBatch> received = new CopyOnWriteArrayList<>();

  /** Of so many requests one is taken. */
  private volatile int takenOf = 1;

  private volatile String retryAfter = "";
  private @Nullable HttpServer target;

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @BeforeEach
  void listen() throws Exception {
    target = done(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
  }

  private void answer(HttpServerRequest request) {
    askedAt.add(System.nanoTime());
    int now = asked.incrementAndGet() % takenOf == 0 ? status.get() : 503;
    request
        .body()
        .onSuccess(body -> {
          if (now == 204) {
            tenants.add(String.valueOf(request.getHeader("X-Scope-OrgID")));
            received.add(decoded(body.getBytes()));
          }
          if (!retryAfter.isEmpty()) {
            request.response().putHeader("Retry-After", retryAfter);
          }
          request.response().setStatusCode(now).end();
        });
  }

  private static WriteBatch decoded(byte[] body) {
    SeriesIndex index =
        new SeriesIndex(
            new SeriesCache(64),
            new StringPool(),
            new SeriesAdmission(new LabelLimits(50, 100, 1000)),
            7);
    return new RemoteWriteDecoder(index, new DecodeLimits(1 << 20, 1000))
        .decode(
            new Announced(WireVersion.V2, ContentCoding.SNAPPY), Batches.TENANT, body, body.length)
        .batch();
  }

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
  }

  private Relay relay(String... more) throws Exception {
    int port = target == null ? 0 : target.actualPort();
    String[] settings = {
      "relay.url=http://127.0.0.1:" + port + "/api/v1/write",
      "relay.shards=2",
      "relay.retry.longest=100ms",
      more.length > 0 ? more[0] : "relay.version=2.0"
    };
    RelaySettings relay = Settings.with(settings).of(RelaySettings.class);
    return done(Relay.start(vertx, relay, directory, meters));
  }

  private double samples(String outcome) {
    return meters.get("lookout.relay.samples").tag("outcome", outcome).counter().count();
  }

  @Test
  void passesOnWhatItIsGiven() throws Exception {
    Relay relay = relay();
    WriteBatch batch = Batches.ofEverything();
    assertThat(done(relay.write(batch)).accepted()).isEqualTo(batch.sampleCount());
    await().until(() -> samples("sent") == batch.sampleCount());
    assertThat(tenants).containsOnly(Batches.TENANT);
    done(relay.stop());
  }

  @Test
  void keepsOnDiskWhatTheTargetCannotTakeAcrossARestart() throws Exception {
    status.set(503);
    Relay relay = relay();
    for (int i = 0; i < 20; i++) {
      done(relay.write(Batches.ofOneSample(i, 1000)));
    }
    await().until(() -> asked.get() > 3);
    done(relay.stop());
    assertThat(samples("sent")).isZero();
    Relay again = relay();
    status.set(204);
    await().until(() -> samples("sent") == 20);
    assertThat(received).flatMap(Batches::samples).hasSize(20).doesNotHaveDuplicates();
    assertThat(tenants).as("all of a queue in one request").hasSize(2);
    done(again.stop());
  }

  @Test
  void keepsTheOrderOfEachSeriesOverOutagesAndARestart() throws Exception {
    takenOf = 2;
    Relay relay = relay();
    for (int i = 0; i < 24; i++) {
      if (i == 12) {
        done(relay.stop());
        relay = relay();
      }
      done(relay.write(Batches.ofOneSample(i % 4, 1000 + i)));
    }
    await().until(() -> samples("sent") == 24);
    for (int series = 0; series < 4; series++) {
      assertThat(times(Integer.toString(series))).hasSize(6).isSorted();
    }
    done(relay.stop());
  }

  /** Of a series, in the order in which they came. */
  private List<Long> times(String series) {
    List<Long> times = new ArrayList<>();
    for (WriteBatch batch : received) {
      for (int i = 0; i < batch.sampleCount(); i++) {
        if (batch.series()[batch.seriesOf()[i]].labels().valueOf("number").equals(series)) {
          times.add(batch.times()[i]);
        }
      }
    }
    return times;
  }

  @Test
  void waitsAsLongAsTheTargetAsks() throws Exception {
    status.set(429);
    retryAfter = "1";
    Relay relay = relay();
    done(relay.write(Batches.ofOneSample(1, 1000)));
    await().until(() -> asked.get() > 0);
    status.set(204);
    await().until(() -> samples("sent") == 1);
    assertThat(askedAt.get(1) - askedAt.get(0)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
    done(relay.stop());
  }

  @Test
  void goesOnWhenTheDiskCanBeWrittenAgain() throws Exception {
    Relay relay = relay();
    // Where the sender writes down what it has sent there is something else.
    List<Path> inTheWay =
        List.of(directory.resolve("relay/0/sent.new"), directory.resolve("relay/1/sent.new"));
    for (Path each : inTheWay) {
      Files.createDirectory(each);
    }
    done(relay.write(Batches.ofOneSample(1, 1000)));
    done(relay.write(Batches.ofOneSample(1, 2000)));
    await().until(() -> samples("sent") > 0);
    for (Path each : inTheWay) {
      Files.delete(each);
    }
    await().until(() -> times("1").contains(2000L));
    done(relay.write(Batches.ofOneSample(1, 3000)));
    await().until(() -> times("1").contains(3000L));
    done(relay.stop());
  }

  @Test
  void countsWhatTheTargetRefuses() throws Exception {
    status.set(400);
    Relay relay = relay("relay.version=1.0");
    done(relay.write(Batches.ofOneSample(1, 1000)));
    await().until(() -> samples("refused") == 1);
    status.set(204);
    done(relay.write(Batches.ofOneSample(1, 2000)));
    await().until(() -> samples("sent") == 1);
    done(relay.stop());
  }
}
