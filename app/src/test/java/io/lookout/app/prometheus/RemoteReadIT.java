package io.lookout.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lookout.app.process.LookoutProcess;
import io.lookout.app.test.WriteRequest;
import io.lookout.cluster.FreePort;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Prometheus without data of its own reads Lookout's: Debian's stable release asks for samples,
 * the one of {@code NEWEST_PROMETHEUS} for a stream of chunks. What it answers then is what Lookout
 * answers.
 */
class RemoteReadIT {
  private static final long STEP = 15_000;
  private static final int SAMPLES = 1500;
  private static final long END = System.currentTimeMillis() / STEP * STEP;

  /** Between samples: whether one on the left border counts differs between versions. */
  private static final long NOW = END - STEP / 2;

  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(e[-+]\\d+)?");

  private static final Pattern HISTOGRAMS = Pattern.compile("integers|floats|custom");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final List<String> QUERIES =
      List.of(
          "count_over_time(counter_total[8h])",
          "sum by (job) (rate(counter_total[5m]))",
          "gauge{job=~\"a|b\",instance!=\"1\"}",
          "count(gauge)",
          "histogram_count(integers)",
          "histogram_quantile(0.9, rate(integers[10m]))",
          "histogram_sum(floats)",
          "floats",
          "custom",
          "count_over_time(custom[8h])",
          "nothing");

  @TempDir private static Path directory = Path.of("");

  private static @Nullable LookoutProcess lookout;
  private static String url = "";

  @BeforeAll
  static void fill() throws IOException, InterruptedException {
    Binaries.require();
    LookoutProcess started =
        LookoutProcess.start(directory.resolve("lookout"), "--set", "scrape.self=false");
    lookout = started;
    url = started.url();
    for (String job : List.of("a", "b", "c")) {
      for (int instance = 0; instance < 4; instance++) {
        String[] more = {"job", job, "instance", String.valueOf(instance)};
        WriteRequest request = new WriteRequest();
        request.add(labels("counter_total", more), floats(instance, true));
        request.add(labels("gauge", more), floats(instance, false));
        write(request);
      }
    }
    WriteRequest request = new WriteRequest();
    request.add(labels("integers"), histograms(true, false));
    request.add(labels("floats"), histograms(false, false));
    request.add(labels("custom"), histograms(true, true));
    write(request);
  }

  private static Labels labels(String name, String... more) {
    String[] all = new String[2 + more.length];
    all[0] = "__name__";
    all[1] = name;
    System.arraycopy(more, 0, all, 2, more.length);
    return Labels.of(all);
  }

  private static SampleColumns floats(int seed, boolean counter) {
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < SAMPLES; i++) {
      long time = END - (SAMPLES - i) * STEP;
      if (i % 97 == 96) {
        samples.add(time, SampleColumns.STALE_NAN);
      } else {
        samples.add(time, counter ? (i % 400) * (seed + 1.5) : Math.sin(i * 0.1 + seed));
      }
    }
    return samples;
  }

  private static SampleColumns histograms(boolean integer, boolean custom) {
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < SAMPLES; i++) {
      int n = i % 500;
      double part = integer ? 0 : 0.25;
      samples.add(
          END - (SAMPLES - i) * STEP,
          new NativeHistogram(
              custom ? NativeHistogram.CUSTOM_BUCKETS_SCHEMA : i < 700 ? 3 : 2,
              CounterReset.UNKNOWN,
              integer,
              custom ? 0 : 0x1p-128,
              custom ? 0 : n,
              custom ? 6 * n : 10 * n + 3 * part,
              n * 1.5,
              custom ? List.of(new Span(0, 3)) : List.of(new Span(-3, 1), new Span(2, 2)),
              new double[] {n + part, 2 * n + part, 3 * n + part},
              custom ? List.of() : List.of(new Span(0, 1)),
              custom ? new double[0] : new double[] {3 * n},
              custom ? new double[] {0.1, 0.25, 10} : new double[0]));
    }
    return samples;
  }

  private static void write(WriteRequest request) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
            .header("Content-Type", WriteRequest.CONTENT_TYPE)
            .header("Content-Encoding", "snappy")
            .POST(BodyPublishers.ofByteArray(request.toByteArray()))
            .build();
    assertThat(HTTP.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    if (lookout != null) {
      lookout.close();
    }
  }

  @Test
  void anOlderPrometheusReadsSamples() throws IOException, InterruptedException {
    // Its client takes floats only.
    List<String> known = QUERIES.stream().filter(q -> !HISTOGRAMS.matcher(q).find()).toList();
    answersAlike(Path.of("prometheus"), "older", known);
  }

  @Test
  void aPrometheus3ReadsChunks() throws IOException, InterruptedException {
    String newest = System.getenv("NEWEST_PROMETHEUS");
    assumeTrue(newest != null && !newest.isEmpty(), "NEWEST_PROMETHEUS names no Prometheus 3");
    answersAlike(Path.of(newest), "newest", QUERIES);
    assertThat(metric("lookout_query_request_duration_seconds_count{endpoint=\"read\""))
        .isPositive();
  }

  private static double metric(String series) throws IOException, InterruptedException {
    return get(url + "/metrics")
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static void answersAlike(Path binary, String name, List<String> queries)
      throws IOException, InterruptedException {
    Path home = Files.createDirectories(directory.resolve(name));
    String configuration =
        "remote_read:\n  - url: " + url + "/api/v1/read\n    read_recent: true\n";
    try (Daemon prometheus =
        Daemon.prometheus(
            home,
            FreePort.find(),
            configuration,
            binary.toString(),
            "--enable-feature=native-histograms")) {
      for (String query : queries) {
        assertThat(instant(prometheus.url(), query)).as(query).isEqualTo(instant(url, query));
        assertThat(range(prometheus.url(), query)).as(query).isEqualTo(range(url, query));
      }
      assertThat(range(url, "gauge")).contains("instance");
      assertThat(range(url, "floats")).contains("buckets");
    }
  }

  private static String instant(String server, String query)
      throws IOException, InterruptedException {
    return data(server + "/api/v1/query?time=" + NOW / 1000.0 + "&query=", query);
  }

  private static String range(String server, String query)
      throws IOException, InterruptedException {
    String times = "start=" + (NOW - 5 * 3_600_000L) / 1000.0 + "&end=" + NOW / 1000.0 + "&step=60";
    return data(server + "/api/v1/query_range?" + times + "&query=", query);
  }

  private static String data(String prefix, String query) throws IOException, InterruptedException {
    String body = get(prefix + URLEncoder.encode(query, StandardCharsets.UTF_8));
    JsonObject answer = new JsonObject(body);
    assertThat(answer.getString("status")).as(body).isEqualTo("success");
    return rounded(answer.getJsonObject("data").getJsonArray("result").encode());
  }

  /** To ten digits: sums may be added up in another order. */
  private static String rounded(String json) {
    return NUMBER
        .matcher(json)
        .replaceAll(number ->
            new BigDecimal(number.group())
                .round(new MathContext(10))
                .stripTrailingZeros()
                .toPlainString());
  }

  private static String get(String address) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }
}
