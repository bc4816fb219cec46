package io.lookout.storage.elasticsearch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminRequest.Action;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import io.lookout.storage.admin.StorageAdmin;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** When an index is followed by another and when it goes, with every engine that is there. */
@ParameterizedClass(allowZeroInvocations = true)
@MethodSource("engines")
class LifeCycleIT {
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration NEVER = Duration.ofHours(1);

  @Parameter private Path kind = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String name = TestStores.freshName();
  private final AtomicBoolean elected = new AtomicBoolean();
  private final List<BlockStore> open = new ArrayList<>();
  private EngineProcess engine;

  static List<Path> engines() {
    return Engines.all();
  }

  @BeforeEach
  void start() {
    engine = Engines.shared(kind);
  }

  @AfterEach
  void close() {
    open.forEach(store -> done(store.close()));
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  private BlockStore open(Duration interval, BooleanSupplier isElected, String... assignments) {
    List<String> all = new ArrayList<>(List.of(assignments));
    all.add("index=" + name);
    ElasticsearchSettings settings = TestStores.settings(engine.url(), all.toArray(String[]::new));
    BlockStore store = done(TestStores.open(vertx, settings, interval, isElected, meters));
    open.add(store);
    return store;
  }

  /** One series of this metric at this time, ms, with values of so many bytes. */
  private static List<Block> block(String metric, long time, int bytes) {
    byte[] values = new byte[bytes];
    new SplittableRandom(1).nextBytes(values);
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", metric, "job", "a"));
    Chunk chunk = new Chunk(9, time, time + 1000, Slice.of(new byte[] {1}), Slice.of(values), null);
    return new BlockWriter("t", metric, time).write(List.of(new SeriesChunks(key, List.of(chunk))));
  }

  private static List<String> metrics(BlockStore store) {
    SelectRequest all =
        new SelectRequest(
            "t", List.of(Matcher.equal("job", "a")), 0, Long.MAX_VALUE, 100, 1L << 30);
    return done(store.select(all)).stream()
        .map(series -> series.key().labels().metricName())
        .sorted()
        .toList();
  }

  private static int indices(BlockStore store) {
    return done(store.stats()).indices();
  }

  /** Returns when the store has looked after its indices several times from now on. */
  private void awaitLooks() {
    double before = meters.counter("lookout.elasticsearch.requests").count();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> meters.counter("lookout.elasticsearch.requests").count() > before + 10);
  }

  private static void awaitSecondIndex(BlockStore store) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> indices(store) > 1);
  }

  private long documents(String index) {
    return engine.json("GET", "/" + index + "/_count", "").getLong("count");
  }

  @Test
  void anIndexThatIsOldIsFollowedByANewOneOnceTheElectedNodeLooks() {
    BlockStore store = open(OFTEN, elected::get, "rollover.age=1s");
    done(store.put(block("old", 1000, 10)));
    String dry = "{\"conditions\":{\"max_age\":\"1s\"}}";
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            engine
                .json("POST", "/" + name + "/_rollover?dry_run=true", dry)
                .getJsonObject("conditions")
                .getBoolean("[max_age: 1s]"));
    awaitLooks();
    assertThat(indices(store)).isEqualTo(1);

    elected.set(true);
    awaitSecondIndex(store);
    elected.set(false);
    awaitLooks();

    done(store.put(block("new", 5000, 10)));
    assertThat(metrics(store)).containsExactly("new", "old");
    assertThat(documents(name + "-000001")).isEqualTo(1);
  }

  @Test
  void anIndexThatIsLargeIsFollowedByANewOneAndASmallOneIsNot() {
    BlockStore store = open(OFTEN, () -> true, "rollover.bytes=128KiB");
    done(store.put(block("small", 1000, 10)));
    awaitLooks();
    assertThat(indices(store)).isEqualTo(1);

    done(store.put(block("large", 1000, 300_000)));
    awaitSecondIndex(store);
    awaitLooks();

    assertThat(indices(store)).isEqualTo(2);
    done(store.put(block("next", 5000, 10)));
    assertThat(metrics(store)).containsExactly("large", "next", "small");
    assertThat(documents(name + "-000001")).isEqualTo(2);
    assertThat(documents(name + "-000002")).isEqualTo(1);
  }

  @Test
  void whatIsPastRetentionIsDroppedByTheElectedNodeAlone() {
    BlockStore first = open(NEVER, () -> true);
    BlockStore second = open(NEVER, () -> false);
    done(second.put(block("old", 1000, 10)));
    done(((ElasticsearchBlockStore) first).rollOver());
    done(second.put(block("new", 9000, 10)));

    done(second.dropBefore(5000));
    assertThat(metrics(second)).containsExactly("new", "old");

    done(first.dropBefore(5000));
    assertThat(metrics(second)).containsExactly("new");
    assertThat(indices(second)).isEqualTo(1);

    // What is written to stays, however old.
    done(first.dropBefore(Long.MAX_VALUE / 2));
    assertThat(metrics(second)).containsExactly("new");
  }

  @Test
  void anIndexWithOneBlockThatIsNotPastRetentionStays() {
    BlockStore store = open(NEVER, () -> true);
    done(store.put(block("old", 1000, 10)));
    done(store.put(block("late", 9000, 10)));
    done(((ElasticsearchBlockStore) store).rollOver());

    done(store.dropBefore(5000));

    assertThat(metrics(store)).containsExactly("late", "old");
    assertThat(indices(store)).isEqualTo(2);
  }

  /** As where a put was repeated, or a window was put again after a crash, behind a roll-over. */
  @Test
  void samplesAreDeletedFromABlockThatIsInTwoIndices() throws InterruptedException {
    BlockStore store = open(NEVER, () -> true);
    done(store.put(block("twice", 1000, 10)));
    done(store.put(block("once", 1000, 10)));
    done(((ElasticsearchBlockStore) store).rollOver());
    done(store.put(block("twice", 1000, 10)));
    StorageAdmin admin =
        new StorageAdmin(
            vertx,
            List.of(),
            store,
            Resolutions.none(Clock.systemUTC()),
            () -> true,
            new ReentrantLock(),
            Path.of("none"));

    admin.run(
        new AdminRequest(
            Action.DELETE,
            "t",
            "",
            List.of(List.of(Matcher.equal("__name__", "twice"))),
            0,
            Long.MAX_VALUE));

    assertThat(metrics(store)).containsExactly("once");
    assertThat(done(store.stats()).blocks()).isEqualTo(1);
  }
}
