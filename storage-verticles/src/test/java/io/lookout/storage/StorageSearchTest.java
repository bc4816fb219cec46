package io.lookout.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.downsample.Resolutions;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.shard.SealedWindow;
import io.lookout.storage.shard.Shard;
import io.lookout.storage.shard.ShardOptions;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A window moves to the store just after the store has answered, and before the shard is asked. */
class StorageSearchTest {
  private static final long START = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final SeriesKey UP = SeriesKey.of("t", Labels.of("__name__", "up", "job", "a"));
  private static final List<Matcher> MATCHERS = List.of(Matcher.equal("__name__", "up"));

  @TempDir Path data;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Shard shard;
  private BlockStore store;

  @BeforeEach
  void open() throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(START), ZoneOffset.UTC);
    shard = Shard.open(0, ShardOptions.DEFAULTS, data.resolve("shard"), clock, meters);
    store =
        TestNode.await(
            EmbeddedBlockStore.open(
                vertx,
                new EmbeddedStoreOptions(
                    data.resolve("blocks"), Duration.ofDays(1), 2, 100, 1 << 20),
                meters));
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 10);
    int series = batch.series(UP);
    for (int i = 0; i < 10; i++) {
      batch.sample(series, START + i * 1000L, i);
    }
    assertThat(shard.write(batch.build()).join().accepted()).isEqualTo(10);
  }

  @AfterEach
  void close() throws IOException {
    shard.close();
    TestNode.await(store.close());
    TestNode.await(vertx.close());
  }

  @Test
  void samplesThatMoveMeanwhileAreFound() {
    assertThat(count(TestNode.await(search().select(request(1000))))).isEqualTo(10);
  }

  @Test
  void labelsThatMoveMeanwhileAreFound() {
    LabelQuery query =
        new LabelQuery(
            LabelQuery.Kind.SERIES, "t", "", List.of(MATCHERS), START, START + 60_000, 0);
    assertThat(TestNode.await(search().labels(query)).series()).containsExactly(UP.labels());
  }

  @Test
  @Timeout(60)
  void whatIsAtHandIsWhatIsAnswered() {
    StorageSearch search =
        new StorageSearch(List.of(shard), store, Resolutions.none(Clock.systemUTC()), vertx);
    LabelQuery names =
        new LabelQuery(LabelQuery.Kind.NAMES, "t", "", List.of(), START, START + 60_000, 0);
    List<String> all = IntStream.range(0, UP.labels().size()).mapToObj(UP.labels()::name).toList();
    assertThat(glance(() -> search.known(names)).strings()).isEqualTo(all);
    move();
    assertThat(search.known(names)).isNull();
    assertThat(TestNode.await(search.labels(names)).strings()).isEqualTo(all);
    assertThat(glance(() -> search.known(names)).strings()).isEqualTo(all);
  }

  @Test
  @Timeout(60)
  void whatIsSelectedAtAGlanceIsWhatIsSelected() {
    StorageSearch search =
        new StorageSearch(List.of(shard), store, Resolutions.none(Clock.systemUTC()), vertx);
    SelectRequest all = request(1000);
    assertThat(count(glance(() -> search.known(all)))).isEqualTo(10);
    move();
    assertThat(search.known(all)).isNull();
    assertThat(count(TestNode.await(search.select(all)))).isEqualTo(10);
    assertThat(count(glance(() -> search.known(all)))).isEqualTo(10);
    SelectRequest none = request(0);
    assertThatThrownBy(() -> glance(() -> search.known(none))).isInstanceOf(LookoutException.class);
  }

  private static SelectRequest request(int maxSeries) {
    return new SelectRequest("t", MATCHERS, START, START + 60_000, maxSeries, Long.MAX_VALUE);
  }

  private static int count(StorageSearch.Selected selected) {
    assertThat(selected.series()).extracting(SeriesChunks::key).containsExactly(UP);
    return new ChunkMerge().samples(selected.series().getFirst().chunks()).size;
  }

  /** Again until the shard is idle when it is asked. */
  private static <T> T glance(Supplier<@Nullable T> glance) {
    T found = glance.get();
    while (found == null) {
      Thread.onSpinWait();
      found = glance.get();
    }
    return found;
  }

  private StorageSearch search() {
    return new StorageSearch(
        List.of(shard), movesAfterItsAnswer(), Resolutions.none(Clock.systemUTC()), vertx);
  }

  /** The first question is answered by the store as it was before the window came. */
  private BlockStore movesAfterItsAnswer() {
    AtomicBoolean moved = new AtomicBoolean();
    return (BlockStore)
        Proxy.newProxyInstance(
            BlockStore.class.getClassLoader(),
            new Class<?>[] {BlockStore.class},
            (self, method, arguments) -> {
              Future<?> answer = (Future<?>) method.invoke(store, arguments);
              if (moved.compareAndSet(false, true)) {
                TestNode.await(answer);
                move();
              }
              return answer;
            });
  }

  private void move() {
    SealedWindow window = shard.snapshot(START).join();
    if (!window.series().isEmpty()) {
      BlockOrigin origin = new BlockOrigin("t", "up", window.start(), 1, 0);
      TestNode.await(store.put(new BlockWriter(origin).write(window.series())));
    }
    shard.release(window).join();
  }
}
