package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real engine is away while windows close, the node is killed meanwhile, more comes than may
 * wait, and the engine is back: nothing is lost, and all of it is in the engine in the end.
 *
 * <p>18 windows of 20 s stand for a long outage. {@code -Doutage.hours=6} is one of so many hours
 * with the windows of the default settings and a sample each 15 s, {@code -Doutage.series=10000}
 * its size. It tells how fast what waited was taken.
 */
class OutageIT {
  private static final String INDEX = "e2e-blocks";
  private static final int HOURS = Integer.getInteger("outage.hours", 0);
  private static final int SERIES = Integer.getInteger("outage.series", Samples.SERIES);
  private static final boolean LONG = HOURS > 0;
  private static final long OUTAGE_MS = LONG ? HOURS * 3_600_000L : 18 * 20_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(LONG ? 60 : 3);

  @TempDir private Path directory = Path.of("");
  private final long start =
      System.currentTimeMillis() - 2 * OUTAGE_MS - (LONG ? 24 : 1) * 3_600_000L;
  private final OutageLoad load = new OutageLoad(SERIES, start, LONG ? 15_000 : 5_000);

  @Test
  void nothingIsLostWhileTheEngineIsAway() throws IOException {
    Path data = directory.resolve("first");
    sayThatTheStoreHasNothingSince(start - 60_000, data);
    try (EngineProcess engine = EngineProcess.start(Engines.one())) {
      long waiting;
      try (LookoutProcess node = start(data, engine)) {
        Samples.write(node.url(), start - 3_000_000, 1);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> stored(engine) == Samples.SERIES);
        engine.kill();
        load.write(node.url(), OUTAGE_MS);
        waiting = awaitSpilled(node);
        load.assertComplete(node.url());
        node.kill();
      }
      try (LookoutProcess node =
          start(data, engine, "--set=storage.spill.bytes.max=" + waiting * 3 / 2)) {
        load.assertComplete(node.url());
        fill(node);
        engine.restartAndAwait();
        awaitDrained(node, System.nanoTime());
        load.write(node.url(), 60_000);
        await().atMost(PATIENCE).until(() -> stored(engine) >= Samples.SERIES + load.samples());
        load.assertComplete(node.url());
      }
      try (LookoutProcess other = start(directory.resolve("other"), engine)) {
        load.assertComplete(other.url());
      }
    }
  }

  /** A node cannot know that of an engine that it has not put anything into, and does not guess. */
  private static void sayThatTheStoreHasNothingSince(long time, Path directory) throws IOException {
    Path spill = Files.createDirectories(directory.resolve("data/spill"));
    Files.writeString(spill.resolve("stored-until"), Long.toString(time));
  }

  private static LookoutProcess start(Path directory, EngineProcess engine, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    arguments.addAll(
        List.of(
            "--set=scrape.self=false",
            "--set=storage.store=elasticsearch",
            "--set=storage.elasticsearch.urls=" + engine.url(),
            "--set=storage.elasticsearch.index=" + INDEX,
            "--set=storage.elasticsearch.replicas=0",
            "--set=storage.spill.retry.max=2s",
            "--set=storage.shards=1", // Of two, one may take its part of a request.
            "--set=storage.seal.delay=1s",
            "--set=storage.late.delay=" + (LONG ? "20s" : "1s")));
    if (!LONG) {
      arguments.add("--set=storage.window=20s");
    }
    return LookoutProcess.start(directory, arguments.toArray(String[]::new));
  }

  /** Samples that the engine has, those that it has twice twice. */
  private static long stored(EngineProcess engine) {
    engine.status("POST", "/" + INDEX + "/_refresh", "");
    String sum = "{\"size\":0,\"aggs\":{\"all\":{\"sum\":{\"field\":\"sample_count\"}}}}";
    return engine
        .json("POST", "/" + INDEX + "/_search", sum)
        .getJsonObject("aggregations")
        .getJsonObject("all")
        .getLong("value");
  }

  /** Returns when no window waits in the node's memory; the bytes that wait on its disk. */
  private long awaitSpilled(LookoutProcess node) {
    await()
        .atMost(PATIENCE)
        .until(() -> metric(node, "lookout_seal_samples_total") >= load.samples());
    double waiting = metric(node, "lookout_spill_waiting_bytes");
    assertThat(waiting).isPositive();
    return (long) waiting;
  }

  /**
   * Writes until no more may wait: there is a warning first, and then writes are refused. Not as
   * fast as they are taken: only what is sealed waits, and times must not come to lie ahead.
   */
  private void fill(LookoutProcess node) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(LONG ? 25 : 250))
        .until(() -> !load.tryRound(node.url()));
    assertThat(node.logged()).containsSubsequence("writes will be refused", "writes are refused");
    assertThat(metric(node, "lookout_spill_waiting_bytes"))
        .isGreaterThan(0.8 * metric(node, "lookout_spill_limit_bytes"))
        .isLessThanOrEqualTo(metric(node, "lookout_spill_limit_bytes"));
    assertThat(metric(node, "lookout_spill_refused_writes_total")).isPositive();
    load.assertComplete(node.url());
  }

  private void awaitDrained(LookoutProcess node, long since) {
    double waited = metric(node, "lookout_spill_waiting_bytes");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> metric(node, "lookout_spill_waiting_bytes") == 0);
    double seconds = (System.nanoTime() - since) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d series: %.0f bytes of at most %d samples in %.2f h were taken in %.1f s, the wait for the"
            + " next attempt included%n",
        SERIES,
        waited,
        load.samples(),
        (load.end() - start) / 3_600_000.0,
        seconds);
  }

  /** Over all label sets. */
  private static double metric(LookoutProcess node, String name) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/metrics")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .sendAsync(request, BodyHandlers.ofString())
          .join()
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }
}
