package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The node that looks after the indices of all ends, or is not elected any more, in the middle of
 * its work, and another takes over: an index begins once, and none is left undeleted.
 */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("engines")
class HandoverIT {
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration NEVER = Duration.ofHours(1);

  @Parameter private Path kind = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final Vertx firstVertx = Vertx.vertx();
  private final String name = TestStores.freshName();
  private final AtomicBoolean secondIsElected = new AtomicBoolean();
  private EngineProcess engine;
  private FaultyProxy proxy;

  @SuppressWarnings("NullAway.Init") // Opened by each test, for the interval that it needs.
  private ElasticsearchBlockStore first;

  @SuppressWarnings("NullAway.Init")
  private ElasticsearchBlockStore second;

  static List<Path> engines() {
    return Engines.all();
  }

  @BeforeEach
  void start() {
    engine = Engines.shared(kind);
    proxy = done(FaultyProxy.start(vertx, engine.port()));
  }

  /** Two nodes, the first of them elected from the start. */
  private void open(Duration interval) {
    first = open(firstVertx, proxy.url(), interval, () -> true);
    second = open(vertx, engine.url(), interval, secondIsElected::get);
  }

  private ElasticsearchBlockStore open(
      Vertx on, String url, Duration interval, BooleanSupplier elected) {
    ElasticsearchSettings settings =
        TestStores.settings(url, "index=" + name, "rollover.bytes=128KiB");
    return (ElasticsearchBlockStore)
        done(TestStores.open(on, settings, interval, elected, new SimpleMeterRegistry()));
  }

  @AfterEach
  void close() {
    done(second.close());
    done(firstVertx.close());
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  private static List<Block> block(long time, int bytes) {
    byte[] values = new byte[bytes];
    new SplittableRandom(1).nextBytes(values);
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "m", "time", Long.toString(time)));
    Chunk chunk = new Chunk(9, time, time + 1000, Slice.of(new byte[] {1}), Slice.of(values), null);
    return new BlockWriter("t", "m", time).write(List.of(new SeriesChunks(key, List.of(chunk))));
  }

  private List<String> indices() {
    return engine.json("GET", "/" + name + "/_alias", "").fieldNames().stream().sorted().toList();
  }

  /** As the process of the node ends: nothing that is under way comes to an end. */
  private void killFirst() {
    done(firstVertx.close());
  }

  /** Has the first node meet an event; returns what completes when it has come to it. */
  private Future<Void> first(String request, Future<?> event) {
    Promise<Void> met = Promise.promise();
    proxy.beforeNext(
        request,
        () -> {
          met.complete();
          return event;
        });
    return met.future();
  }

  @Test
  void twoNodesThatBeginAnIndexAtOnceBeginOne() {
    open(NEVER);
    Promise<Void> gate = Promise.promise();
    Future<Void> met = first("/_rollover", gate.future());
    Future<Void> rolledOver = first.rollOver();
    done(met);

    done(second.rollOver());
    gate.complete();

    done(rolledOver);
    assertThat(indices()).containsExactly(name + "-000001", name + "-000002");
  }

  @Test
  void anIndexThatANodeWasAboutToBeginWhenItEndedIsBegunByTheNext() {
    open(OFTEN);
    Future<Void> met = first("/_rollover", Promise.promise().future());
    done(second.put(block(1000, 300_000)));
    done(met);
    killFirst();

    secondIsElected.set(true);

    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> indices().size() > 1);
    done(second.put(block(5000, 10)));
    assertThat(indices()).containsExactly(name + "-000001", name + "-000002");
  }

  @Test
  void indicesThatANodeHasNotDeletedWhenItEndedAreDeletedByTheNext() {
    open(NEVER);
    for (int i = 1; i <= 3; i++) {
      done(second.put(block(i * 1000L, 10)));
      done(second.rollOver());
    }
    done(second.put(block(90_000, 10)));
    Promise<Void> gate = Promise.promise();
    Future<Void> met = first("DELETE /" + name + "-000002", gate.future());
    Future<Void> dropped = first.dropBefore(50_000);
    done(met);
    assertThat(indices()).containsExactly(name + "-000002", name + "-000003", name + "-000004");

    secondIsElected.set(true);
    done(second.dropBefore(50_000));
    assertThat(indices()).containsExactly(name + "-000004");

    // It was not dead after all, and finds that everything is done.
    gate.complete();
    done(dropped);
    assertThat(indices()).containsExactly(name + "-000004");
    assertThat(done(second.stats()).blocks()).isEqualTo(1);
  }
}
