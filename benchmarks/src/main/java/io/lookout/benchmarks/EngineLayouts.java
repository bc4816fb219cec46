package io.lookout.benchmarks;

import io.lookout.cluster.settings.Settings;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.storage.block.BlockOrigin;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.elasticsearch.ElasticsearchBlockStore;
import io.lookout.storage.elasticsearch.ElasticsearchSettings;
import io.lookout.storage.elasticsearch.StoreSurroundings;
import io.lookout.storage.store.BlockStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * What the same samples cost a real engine as Lookout's blocks and as one document a sample: CPU
 * time of the engine's process up to a flush, and disk after a merge that follows when the engine
 * does not need the documents as they were sent any more (half a minute or so). Arguments: URL of
 * an engine of one node, the id of its process, series (1000), hours of blocks (4), documents
 * (200000).
 */
public final class EngineLayouts {
  private static final long STEP = 15_000;
  private static final long WINDOW = 2 * 3_600_000;
  private static final long START = 20_000L * 24 * 3_600_000;
  private static final int PER_WINDOW = (int) (WINDOW / STEP);
  private static final int BLOCK_SERIES = 128;
  private static final int BULK = 2_500;
  private static final int LOOKS = 60;
  private static final long LOOK_NANOS = 2_000_000_000L;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final ProcessHandle engine;

  private record Cost(long samples, double cpuMicros, double bytes) {
    double cpuEach() {
      return cpuMicros / samples;
    }

    double bytesEach() {
      return bytes / samples;
    }
  }

  private EngineLayouts(String url, long pid) {
    this.url = url;
    this.engine = ProcessHandle.of(pid).orElseThrow();
  }

  /** Prints both costs and their ratios. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EngineLayouts layouts = new EngineLayouts(arguments[0], Long.parseLong(arguments[1]));
    int series = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
    int hours = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 4;
    int documents = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 200_000;
    layouts.documents("layout-warmup", series, BULK * 8);
    layouts.blocks("layout-warmup-blocks", series, 2);
    Cost single = layouts.documents("layout-documents", series, documents);
    Cost blocks = layouts.blocks("layout-blocks", series, hours);
    print("a document a sample", single);
    print("blocks", blocks);
    System.out.printf(
        Locale.ROOT,
        "%-20s %12s %10.0f times less CPU, %.0f times less disk%n",
        "blocks need",
        "",
        single.cpuEach() / blocks.cpuEach(),
        single.bytesEach() / blocks.bytesEach());
  }

  private static void print(String name, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "%-20s %12d samples %10.4f µs of engine CPU and %8.3f bytes of disk a sample%n",
        name,
        cost.samples(),
        cost.cpuEach(),
        cost.bytesEach());
  }

  private static Labels labels(int series) {
    return Labels.of(
        "__name__", "node_cpu_seconds_total",
        "cluster", "eu-1",
        "cpu", Integer.toString(series % 16),
        "env", "prod",
        "instance", "10.0." + series / 128 + "." + series / 16 % 8 + ":9100",
        "job", "node",
        "mode", "user",
        "rack", "r" + series / 64,
        "team", "infra",
        "zone", "z" + series % 3);
  }

  /** A gauge of two decimals that goes up and down. */
  private static double value(SplittableRandom random, double before) {
    return Math.round((before + random.nextDouble(-1, 1)) * 100) / 100.0;
  }

  private Cost documents(String index, int series, int count)
      throws IOException, InterruptedException {
    send("DELETE", "/" + index, "", true);
    send(
        "PUT",
        "/" + index,
        """
        {"settings":{"number_of_shards":1,"number_of_replicas":0},
         "mappings":{"dynamic_templates":[{"labels":{"match_mapping_type":"string",
          "mapping":{"type":"keyword"}}}],
          "properties":{"@timestamp":{"type":"date"},"value":{"type":"double"}}}}
        """,
        false);
    SplittableRandom random = new SplittableRandom(1);
    double before = cpuMicros();
    StringBuilder bulk = new StringBuilder();
    for (int i = 0; i < count; i++) {
      JsonObject document = new JsonObject();
      labels(i % series).forEach(each -> document.put(each.name(), each.value()));
      document.put("@timestamp", START + i / series * STEP).put("value", value(random, 50));
      bulk.append("{\"index\":{}}\n").append(document.encode()).append('\n');
      if ((i + 1) % BULK == 0 || i + 1 == count) {
        send("POST", "/" + index + "/_bulk", bulk.toString(), false);
        bulk.setLength(0);
      }
    }
    return cost(index, index, count, before);
  }

  private Cost blocks(String index, int series, int hours)
      throws IOException, InterruptedException {
    send("DELETE", "/" + index + "-000001", "", true);
    Vertx vertx = Vertx.vertx();
    BlockStore store =
        await(
            ElasticsearchBlockStore.open(
                vertx,
                Settings.with(
                        "storage.elasticsearch.urls=" + url,
                        "storage.elasticsearch.replicas=0",
                        "storage.elasticsearch.index=" + index)
                    .of(ElasticsearchSettings.class),
                new StoreSurroundings(100, 1 << 20, 0, Duration.ofHours(1), () -> true, text -> {}),
                new SimpleMeterRegistry()));
    double before = cpuMicros();
    int windows = (int) (Duration.ofHours(hours).toMillis() / WINDOW);
    for (int window = 0; window < windows; window++) {
      put(store, series, START + window * WINDOW);
    }
    Cost cost = cost(index, index + "-000001", (long) series * windows * PER_WINDOW, before);
    await(store.close());
    await(vertx.close());
    return cost;
  }

  private static void put(BlockStore store, int series, long start) {
    SplittableRandom random = new SplittableRandom(start);
    ChunkEncoder encoder = new ChunkEncoder();
    for (int first = 0; first < series; first += BLOCK_SERIES) {
      List<SeriesChunks> packed = new ArrayList<>();
      for (int i = first; i < Math.min(series, first + BLOCK_SERIES); i++) {
        SampleColumns samples = new SampleColumns(PER_WINDOW);
        double value = 50;
        for (int j = 0; j < PER_WINDOW; j++) {
          value = value(random, value);
          samples.add(start + j * STEP, value);
        }
        packed.add(
            new SeriesChunks(
                SeriesKey.of("t", labels(i)), List.of(encoder.encode(samples, 0, PER_WINDOW))));
      }
      BlockOrigin origin = new BlockOrigin("t", "node_cpu_seconds_total", start, start + WINDOW, 0);
      await(store.put(new BlockWriter(origin).write(packed)));
    }
  }

  /** What came since: CPU until all is on disk, disk when it is one segment. */
  private Cost cost(String name, String index, long samples, double before)
      throws IOException, InterruptedException {
    send("POST", "/" + index + "/_refresh", "", false);
    send("POST", "/" + index + "/_flush?force=true&wait_if_ongoing=true", "", false);
    double cpu = cpuMicros() - before;
    awaitHistoryIsNotNeeded(index);
    // A single segment would not be merged.
    send("POST", "/" + index + "/_doc?refresh=true", "{}", false);
    send("POST", "/" + index + "/_forcemerge?max_num_segments=1", "", false);
    send("POST", "/" + index + "/_flush?force=true&wait_if_ongoing=true", "", false);
    send("POST", "/" + index + "/_refresh", "", false);
    JsonObject stats = new JsonObject(send("GET", "/" + index + "/_stats/store", "", false));
    long bytes =
        stats
            .getJsonObject("_all")
            .getJsonObject("primaries")
            .getJsonObject("store")
            .getLong("size_in_bytes");
    System.out.printf(Locale.ROOT, "%s: %d bytes%n", name, bytes);
    return new Cost(samples, cpu, bytes);
  }

  /**
   * Engines keep documents as they were sent beside what the mapping makes of them, until copies of
   * the shard have what they need; the next merge after that drops them.
   */
  private void awaitHistoryIsNotNeeded(String index) throws IOException, InterruptedException {
    for (int look = 0; look < LOOKS && isHistoryNeeded(index); look++) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private boolean isHistoryNeeded(String index) throws IOException, InterruptedException {
    JsonObject stats = new JsonObject(send("GET", "/" + index + "/_stats?level=shards", "", false));
    JsonObject shard =
        stats
            .getJsonObject("indices")
            .getJsonObject(index)
            .getJsonObject("shards")
            .getJsonArray("0")
            .getJsonObject(0);
    long last = shard.getJsonObject("seq_no").getLong("max_seq_no");
    return shard.getJsonObject("retention_leases").getJsonArray("leases").stream()
        .anyMatch(lease -> ((JsonObject) lease).getLong("retaining_seq_no") <= last);
  }

  private double cpuMicros() {
    return engine.info().totalCpuDuration().orElseThrow().toNanos() / 1000.0;
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private String send(String method, String path, String body, boolean mayFail)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300 && !mayFail) {
      throw new IOException(method + " " + path + ": " + answer.body());
    }
    return answer.body();
  }
}
