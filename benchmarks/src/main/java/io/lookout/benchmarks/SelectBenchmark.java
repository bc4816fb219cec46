package io.lookout.benchmarks;

import io.lookout.cluster.settings.Settings;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkDecoder;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.elasticsearch.ElasticsearchBlockStore;
import io.lookout.storage.elasticsearch.ElasticsearchSettings;
import io.lookout.storage.elasticsearch.StoreSurroundings;
import io.lookout.storage.embedded.EmbeddedBlockStore;
import io.lookout.storage.embedded.EmbeddedStoreOptions;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 1,000 series of one metric over 24 hours, a sample every 15 s, from the embedded store or from an
 * engine ({@code -p engine=http://127.0.0.1:9200}, which keeps the index {@code select-benchmark}
 * for the next time): 96 blocks and 5.76 million samples. Selecting delivers encoded chunks;
 * decoding makes columns of them, here on one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class SelectBenchmark {
  private static final int SERIES = 1_000;
  private static final int WINDOWS = 12;
  private static final int SAMPLES_A_WINDOW = 480;
  private static final long WINDOW = (long) SAMPLES_A_WINDOW * CounterSeries.INTERVAL;
  private static final String METRIC = "http_requests_total";

  /** The URL of an Elasticsearch or OpenSearch; empty for the embedded store. */
  @Param("")
  public String engine = "";

  /** What the store remembers of blocks: nothing, or all of them. */
  @Param({"0", "67108864"})
  public long cacheBytes;

  private final Vertx vertx = Vertx.vertx();
  private final ChunkDecoder decoder = new ChunkDecoder();
  private final SampleColumns columns = new SampleColumns();
  private Path directory = Path.of("");
  private @Nullable BlockStore store;

  @Setup
  public void setUp() throws IOException {
    directory = Files.createTempDirectory("lookout-select");
    BlockStore opened = (engine.isEmpty() ? embedded() : elasticsearch()).await();
    store = opened;
    if (opened.stats().await().blocks() == 0) {
      fill(opened);
    }
  }

  private static void fill(BlockStore store) {
    List<SeriesChunks> series = CounterSeries.of(SERIES, WINDOWS * SAMPLES_A_WINDOW);
    series.sort((a, b) -> SeriesKey.ORDER.compare(a.key(), b.key()));
    for (int window = 0; window < WINDOWS; window++) {
      long start = window * WINDOW;
      BlockWriter writer = new BlockWriter(SeriesKey.ANONYMOUS, METRIC, start);
      store.put(writer.write(within(series, start))).await();
    }
  }

  private Future<? extends BlockStore> embedded() {
    return EmbeddedBlockStore.open(
        vertx,
        new EmbeddedStoreOptions(
            "store", directory, Duration.ofDays(1), 2, 100, 64 << 20, cacheBytes),
        new SimpleMeterRegistry());
  }

  private Future<? extends BlockStore> elasticsearch() {
    return ElasticsearchBlockStore.open(
        vertx,
        Settings.with(
                "storage.elasticsearch.urls=" + engine,
                "storage.elasticsearch.replicas=0",
                "storage.elasticsearch.index=select-benchmark")
            .of(ElasticsearchSettings.class),
        new StoreSurroundings(
            100, 64 << 20, cacheBytes, Duration.ofHours(1), () -> true, text -> {}),
        new SimpleMeterRegistry());
  }

  private static List<SeriesChunks> within(List<SeriesChunks> series, long start) {
    ChunkMerge merge = new ChunkMerge();
    List<SeriesChunks> window = new ArrayList<>();
    for (SeriesChunks each : series) {
      List<Chunk> chunks =
          each.chunks().stream()
              .filter(chunk -> chunk.minTime() >= start && chunk.minTime() < start + WINDOW)
              .toList();
      window.add(new SeriesChunks(each.key(), merge.merge(chunks, SAMPLES_A_WINDOW)));
    }
    return window;
  }

  @TearDown
  public void tearDown() throws IOException {
    Objects.requireNonNull(store).close().await();
    vertx.close().await();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  public List<SeriesChunks> select() {
    SelectRequest request =
        new SelectRequest(
            SeriesKey.ANONYMOUS,
            List.of(Matcher.equal("__name__", METRIC)),
            0,
            WINDOWS * WINDOW,
            1_000_000,
            1L << 40);
    return Objects.requireNonNull(store).select(request).await();
  }

  @Benchmark
  public double selectAndDecode() {
    double last = 0;
    for (SeriesChunks each : select()) {
      columns.clear();
      for (Chunk chunk : each.chunks()) {
        decoder.decode(chunk, columns);
      }
      last += columns.values[columns.size - 1];
    }
    return last;
  }
}
