package io.lookout.storage.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminRequest.Action;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelQuery.Kind;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.SharedRead;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.retry.Backoff;
import io.lookout.storage.admin.StorageAdmin;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outages of a real store: windows of two hours, of which three pass while it is away. */
class SpillingBlockStoreTest {
  private static final long HOUR = 3_600_000;
  private static final long WINDOW = 2 * HOUR;
  private static final long DAY = 20_000 * 24 * HOUR;
  private static final int SAMPLES = 480;
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(DAY), ZoneOffset.UTC);

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private AwayStore target;
  private SpillingBlockStore store;

  @BeforeEach
  void start() {
    target = new AwayStore(embedded());
    store = open(directory.resolve("spill"), 1 << 30);
  }

  @AfterEach
  void stop() {
    done(store.close());
    done(vertx.close());
  }

  private io.lookout.storage.store.BlockStore embedded() {
    return done(
        EmbeddedBlockStore.open(
            vertx,
            new EmbeddedStoreOptions(
                directory.resolve("store"), Duration.ofDays(1), 1, 10, 1 << 20),
            meters));
  }

  private SpillingBlockStore open(Path spill, long maxBytes) {
    return open(spill, maxBytes, new Backoff(Duration.ofMillis(2), Duration.ofMillis(20)));
  }

  private SpillingBlockStore open(Path spill, long maxBytes, Backoff backoff) {
    SpillOptions options =
        new SpillOptions(spill, maxBytes, Duration.ofSeconds(2), backoff, 1 << 16);
    return done(SpillingBlockStore.open(vertx, options, target, CLOCK, meters));
  }

  private static <T> T done(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static List<Block> window(int number, int series, double plus) {
    long start = DAY + number * WINDOW;
    List<SeriesChunks> all =
        Stream.iterate(0, i -> i + 1)
            .limit(series)
            .map(i -> Labels.of("__name__", "up", "job", String.format("%05d", i)))
            .map(labels -> {
              SampleColumns samples = new SampleColumns(SAMPLES);
              for (int i = 0; i < SAMPLES; i++) {
                samples.add(start + i * 15_000L, plus + (i * 7919L + labels.hashCode()) % 1000);
              }
              return new SeriesChunks(
                  SeriesKey.of("t", labels),
                  List.of(new ChunkEncoder().encode(samples, 0, SAMPLES)));
            })
            .toList();
    return new BlockWriter(new BlockOrigin("t", "up", start, start + WINDOW, 0)).write(all);
  }

  private static SelectRequest all(long from) {
    return new SelectRequest(
        "t", List.of(Matcher.equal("__name__", "up")), from, DAY + 100 * WINDOW, 1000, 1L << 40);
  }

  private long samples(long from) {
    return done(store.select(all(from))).stream()
        .mapToLong(series -> new ChunkMerge().samples(series.chunks()).size)
        .sum();
  }

  private double waiting() {
    return meters.get("lookout.spill.waiting").gauge().value();
  }

  @Test
  void whatTheStoreCannotTakeWaitsIsFoundAndIsTakenLater() {
    done(store.put(window(0, 3, 0)));
    target.away = true;
    for (int number = 1; number <= 3; number++) {
      done(store.put(window(number, 3, 0)));
    }

    assertThat(waiting()).isPositive();
    assertThat(samples(DAY + WINDOW)).isEqualTo(3 * 3 * SAMPLES);
    assertThat(
            done(store.labels(
                    new LabelQuery(
                        Kind.VALUES, "t", "job", List.of(), DAY + WINDOW, DAY + 9 * WINDOW, 0)))
                .strings())
        .hasSize(3);

    target.away = false;

    await().until(() -> waiting() == 0);
    assertThat(samples(0)).isEqualTo(4 * 3 * SAMPLES);
    assertThat(done(target.stats()).blocks()).isEqualTo(4);
    assertThat(done(target.select(all(0)))).hasSize(3);
  }

  @Test
  void anAnswerThatWouldLackSamplesFailsAndSaysWhatCanBeAsked() {
    done(store.put(window(0, 1, 0)));
    target.away = true;
    done(store.put(window(1, 1, 0)));

    assertThatThrownBy(() -> samples(0))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageContaining("can be asked for");
  }

  @Test
  void aStoreThatSaysNothingIsAwayToo() {
    target.silent = true;
    done(store.put(window(0, 1, 0)));

    assertThat(waiting()).isPositive();
    target.silent = false;
    await().until(() -> waiting() == 0);
    assertThat(samples(0)).isEqualTo(SAMPLES);
  }

  /** The disk as it is at any moment of an outage, opened by another process. */
  @Test
  void whatWaitsSurvivesTheEndOfTheProcess() throws IOException {
    target.away = true;
    done(store.put(window(0, 2, 0)));
    done(store.put(window(1, 2, 0)));
    Path copy = copied(directory.resolve("spill"), directory.resolve("copy"));
    done(store.close());
    meters = new SimpleMeterRegistry();
    target = new AwayStore(embedded());
    target.away = true;
    store = open(copy, 1 << 30);

    assertThat(waiting()).isPositive();
    assertThat(samples(DAY + WINDOW)).isEqualTo(2 * SAMPLES);
    target.away = false;
    await().until(() -> waiting() == 0);
    assertThat(samples(0)).isEqualTo(2 * 2 * SAMPLES);
  }

  private static Path copied(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path twin = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(twin);
        } else {
          Files.copy(file, twin);
        }
      }
    }
    return to;
  }

  @Test
  void writesAreRefusedAtTheBoundAndTakenAgainBelowIt() {
    done(store.close());
    meters = new SimpleMeterRegistry();
    target = new AwayStore(embedded());
    List<Block> first = window(0, 40, 0.25);
    long size = first.stream().mapToLong(Block::bytes).sum();
    store = open(directory.resolve("small"), size + size / 2);
    target.away = true;

    done(store.put(first));
    store.checkRoom();
    assertThatThrownBy(() -> done(store.put(window(1, 40, 0.25))))
        .hasMessageContaining("storage.spill.bytes.max");
    assertThatThrownBy(store::checkRoom)
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageContaining("storage.spill.bytes.max");

    target.away = false;
    await().until(() -> waiting() == 0);
    store.checkRoom();
    done(store.put(window(1, 40, 0.25)));
    assertThat(samples(0)).isEqualTo(2 * 40 * SAMPLES);
  }

  /** Nobody waits for the next attempt, which is an hour away. */
  @Test
  void anAnswerOfTheStoreTellsThatItIsBack() {
    done(store.close());
    meters = new SimpleMeterRegistry();
    target = new AwayStore(embedded());
    List<Block> first = window(0, 40, 0.25);
    long size = first.stream().mapToLong(Block::bytes).sum();
    Backoff anHour = new Backoff(Duration.ofHours(2), Duration.ofHours(2));
    store = open(directory.resolve("small"), size + size / 2, anHour);
    target.away = true;
    done(store.put(first));
    assertThatThrownBy(() -> done(store.put(window(1, 40, 0.25))))
        .hasMessageContaining("storage.spill.bytes.max");
    Future<Void> recovery = store.recovery();
    assertThat(recovery.isComplete()).isFalse();

    target.away = false;

    await().until(() -> samples(0) == 40 * SAMPLES && waiting() == 0);
    done(recovery);
    assertThat(store.recovery().isComplete()).isFalse();
  }

  @Test
  void aNodeEndsWithoutWaitingForTheNextAttempt() {
    done(store.close());
    meters = new SimpleMeterRegistry();
    target = new AwayStore(embedded());
    Backoff hours = new Backoff(Duration.ofHours(2), Duration.ofHours(2));
    store = open(directory.resolve("ending"), 1 << 20, hours);
    target.away = true;
    done(store.put(window(0, 1, 0)));

    done(store.close());

    target = new AwayStore(embedded());
    store = open(directory.resolve("ending"), 1 << 20, hours);
    assertThat(waiting()).isPositive();
  }

  @Test
  void whatIsPutWhileOthersWaitDoesNotOvertakeThem() {
    target.away = true;
    done(store.put(window(0, 1, 0)));
    List<Block> later =
        window(0, 1, 5000).stream()
            .map(block ->
                new Block(
                    "ffffffffffffffffffffffffffffffff",
                    "t",
                    "up",
                    block.windowStart(),
                    block.sequence() + 1,
                    0,
                    block.minTime(),
                    block.maxTime(),
                    block.labels(),
                    block.seriesCount(),
                    block.sampleCount(),
                    block.series(),
                    block.chunks()))
            .toList();
    done(store.put(later));
    target.away = false;

    await().until(() -> waiting() == 0);
    SampleColumns merged = new ChunkMerge().samples(done(store.select(all(0))).getFirst().chunks());
    assertThat(merged.size).isEqualTo(SAMPLES);
    assertThat(merged.values[0]).isGreaterThan(3000);
  }

  @Test
  void whereAnotherNodeReadsTheStoreItIsReadOnlyAfterAPut() {
    done(store.put(window(0, 1, 0)));

    await().until(() -> done(store.select(all(0).with(SharedRead.elsewhere(0)))).isEmpty());
    assertThat(done(store.select(all(0).with(SharedRead.elsewhere(3_600_000))))).hasSize(1);
    assertThat(done(store.select(all(0).with(SharedRead.HERE)))).hasSize(1);
  }

  @Test
  void whatWaitsIsToldWhoeverReadsTheStore() {
    target.away = true;
    done(store.put(window(1, 1, 0)));

    assertThat(done(store.select(all(0).with(SharedRead.elsewhere(0))))).hasSize(1);
    // Who reads for all cannot know from when on the others can do without the store.
    assertThatThrownBy(() -> done(store.select(all(DAY + WINDOW).with(SharedRead.HERE))))
        .hasMessageContaining("is away");
    assertThat(samples(DAY + WINDOW)).isEqualTo(SAMPLES);
  }

  /** Another node deletes from the store for all: what comes later would not be deleted. */
  @Test
  void aFlushWaitsUntilNothingWaitsForTheStore() throws InterruptedException {
    target.away = true;
    done(store.put(window(0, 3, 0)));
    StorageAdmin admin =
        new StorageAdmin(
            vertx,
            List.of(),
            store,
            Resolutions.none(CLOCK),
            () -> false,
            new ReentrantLock(),
            directory.resolve("snapshots"));
    target.away = false;

    admin.run(new AdminRequest(Action.FLUSH, "t", "", List.of(), DAY, DAY + WINDOW));

    assertThat(done(target.stats()).blocks()).isEqualTo(1);
    assertThat(waiting()).isZero();
  }
}
