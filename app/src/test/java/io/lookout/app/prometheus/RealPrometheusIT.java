package io.lookout.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.app.prometheus.Promtool.Values;
import io.lookout.app.repository.Markdown;
import io.lookout.app.repository.Repository;
import io.lookout.cluster.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Debian's Prometheus scrapes itself and the node exporter and writes to Lookout; then both answer
 * promtool. The configuration is the one that docs/quickstart.md shows.
 */
class RealPrometheusIT {
  /** So many, a second apart, that the ranges below lie inside what both servers have. */
  private static final int SAMPLES = 20;

  private static final long TEN_SECONDS = 10_000;

  @TempDir private static Path directory = Path.of("");

  private static @Nullable LookoutProcess lookout;
  private static @Nullable Daemon nodeExporter;
  private static @Nullable Daemon prometheus;

  private static Promtool ofLookout = new Promtool("");
  private static Promtool ofPrometheus = new Promtool("");

  /** Both have everything up to then; milliseconds. */
  private static long now;

  @BeforeAll
  static void bothHaveTheSameSamples() throws IOException {
    Binaries.require();
    LookoutProcess started =
        LookoutProcess.start(directory.resolve("lookout"), "--set", "scrape.self=false");
    lookout = started;
    ofLookout = new Promtool(started.url());
    int exporterPort = FreePort.find();
    nodeExporter = Daemon.nodeExporter(directory, exporterPort);
    int port = FreePort.find();
    prometheus =
        Daemon.prometheus(directory, port, configuration(started.url(), port, exporterPort));
    ofPrometheus = new Promtool("http://127.0.0.1:" + port);
    await("samples of both jobs through Lookout")
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() ->
            assertThat(targets().values())
                .hasSize(2)
                .allSatisfy(target -> assertThat(target.times()).hasSizeGreaterThan(SAMPLES)));
    now = aTimeBetweenSamples(targets().values());
  }

  private static String configuration(String lookoutUrl, int port, int exporterPort) {
    return Markdown.of(Repository.file("docs/quickstart.md"))
        .only("yaml", "remote_write:")
        .replace("http://127.0.0.1:9090", lookoutUrl)
        .replace("127.0.0.1:9091", "127.0.0.1:" + port)
        .replace("127.0.0.1:9100", "127.0.0.1:" + exporterPort)
        .replaceAll("scrape_interval: \\S+", "scrape_interval: 1s");
  }

  private static Map<String, Values> targets() throws IOException {
    return ofLookout.instant("up[1m]", System.currentTimeMillis());
  }

  /**
   * Whether a range includes a sample that lies on its left border differs between versions of
   * Prometheus, so none shall.
   */
  private static long aTimeBetweenSamples(Collection<Values> targets) {
    long all = targets.stream().mapToLong(target -> target.times().getLast()).min().orElseThrow();
    long second = all / 1000 * 1000 - 2000;
    return LongStream.of(0, 250, 500, 750)
        .map(fraction -> second + fraction)
        .filter(time -> targets.stream().allMatch(target -> liesBetweenSamples(time, target)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean liesBetweenSamples(long time, Values target) {
    return target.times().stream().noneMatch(sample -> Math.abs(sample - time) % 1000 < 20);
  }

  @AfterAll
  static void stopAll() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (nodeExporter != null) {
      nodeExporter.close();
    }
    if (lookout != null) {
      lookout.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "up[10s]",
        "{__name__=~\"node_memory_Mem.*\"}",
        "count({__name__!=\"\"})",
        "count by (job) ({__name__=~\".+\"})",
        "node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes",
        "go_goroutines offset 3s",
        "process_resident_memory_bytes{job!=\"node\"}",
        "prometheus_build_info",
      })
  void instantQueriesAgree(String expression) throws IOException {
    agree(ofLookout.instant(expression, now), ofPrometheus.instant(expression, now));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "sum by (mode) (rate(node_cpu_seconds_total[5s]))",
        "avg_over_time(go_memstats_alloc_bytes[5s])",
        "max_over_time(node_load1[5s]) - min_over_time(node_load1[5s])",
        "increase(prometheus_tsdb_head_samples_appended_total[5s])",
        "histogram_quantile(0.9, sum by (le) (rate(prometheus_tsdb_compaction_chunk_range_seconds_bucket[5s])))",
        "sum(scrape_samples_scraped) by (job) > bool 100",
        "node_memory_MemTotal_bytes - on (instance, job) group_left node_memory_MemFree_bytes",
      })
  void rangeQueriesAgree(String expression) throws IOException {
    agree(
        ofLookout.range(expression, now - TEN_SECONDS, now, "1s"),
        ofPrometheus.range(expression, now - TEN_SECONDS, now, "1s"));
  }

  @Test
  void everySeriesIsThere() throws IOException {
    List<String> series = ofLookout.series("{job=~\".+\"}", now - TEN_SECONDS, now);
    assertThat(series).hasSizeGreaterThan(500);
    assertThat(series).isEqualTo(ofPrometheus.series("{job=~\".+\"}", now - TEN_SECONDS, now));
  }

  @Test
  void labelValuesAgree() throws IOException {
    assertThat(ofLookout.labelValues("job")).containsExactly("node", "prometheus");
    assertThat(ofLookout.labelValues("__name__")).isEqualTo(ofPrometheus.labelValues("__name__"));
  }

  private static void agree(Map<String, Values> mine, Map<String, Values> theirs) {
    assertThat(mine.keySet()).isEqualTo(theirs.keySet()).isNotEmpty();
    theirs.forEach((series, expected) ->
        agree(series, Objects.requireNonNull(mine.get(series), series), expected));
  }

  private static void agree(String series, Values mine, Values expected) {
    assertThat(mine.byTime().keySet()).as(series).isEqualTo(expected.byTime().keySet());
    expected
        .byTime()
        .forEach((time, value) -> {
          double tolerance = Math.abs(value) * 1e-9;
          Double got = mine.byTime().get(time);
          if (value.isNaN() || value.isInfinite()) {
            assertThat(got).as(series).isEqualTo(value);
          } else {
            assertThat(got).as(series).isCloseTo(value, within(tolerance));
          }
        });
  }
}
