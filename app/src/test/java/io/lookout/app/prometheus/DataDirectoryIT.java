package io.lookout.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lookout.app.protocols.RunningLookout;
import io.lookout.app.transfer.ImportCommand;
import io.lookout.cluster.FreePort;
import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The data directory of a real Prometheus, as it is left when the process ends: blocks, a
 * checkpoint, a log, late samples, deletions. What is imported is what that Prometheus answered.
 */
class DataDirectoryIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long STEP = 60_000;
  private static final int STEPS = 14 * 60;
  private static final int PORTION = 20;
  private static final long START = System.currentTimeMillis() / STEP * STEP - STEPS * STEP;

  @TempDir private Path directory = Path.of("");
  private final StringWriter told = new StringWriter();

  @BeforeAll
  static void require() {
    Binaries.require();
  }

  @Test
  void ofAnOlderPrometheus() throws IOException, InterruptedException {
    importedAsAnswered(Binaries.PROMETHEUS, series(false));
  }

  @Test
  void ofAPrometheus3() throws IOException, InterruptedException {
    String newest = System.getenv("NEWEST_PROMETHEUS");
    assumeTrue(newest != null && !newest.isEmpty(), "NEWEST_PROMETHEUS names no Prometheus 3");
    importedAsAnswered(newest, series(true), "--storage.tsdb.wal-compression-type=zstd");
  }

  private void importedAsAnswered(
      String binary, Map<String, SampleColumns> series, String... options)
      throws IOException, InterruptedException {
    Map<String, JsonObject> answers = new LinkedHashMap<>();
    try (Daemon prometheus = start(binary, options)) {
      fill(prometheus.url(), series);
      for (String name : series.keySet()) {
        answers.put(name, answer(prometheus.url(), name));
      }
      answers.put("exemplars", exemplars(prometheus.url()));
    }
    Path data = directory.resolve("prometheus");
    assertThat(files(data))
        .as("what a Prometheus leaves")
        .anyMatch(file -> file.endsWith("tombstones"))
        .anyMatch(file -> file.contains("wal/checkpoint."));
    try (RunningLookout lookout = RunningLookout.start(directory.resolve("lookout"))) {
      assertThat(imported(data, lookout)).as(told.toString()).isZero();
      assertThat(told.toString()).contains("100 %").doesNotContain("Not read");
      assertThat(answers.get("gone")).asString().doesNotContain("values");
      for (String name : series.keySet()) {
        assertThat(answer(lookout.url(), name)).as(name).isEqualTo(answers.get(name));
      }
      assertThat(answers.get("exemplars").toString()).contains("trace_id");
      assertThat(exemplars(lookout.url())).isEqualTo(answers.get("exemplars"));
    }
  }

  private Daemon start(String binary, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--enable-feature=native-histograms,exemplar-storage");
    all.add("--web.enable-remote-write-receiver");
    all.add("--web.enable-admin-api");
    String configuration = "storage:\n  tsdb:\n    out_of_order_time_window: 2h\n";
    return Daemon.prometheus(
        directory, FreePort.find(), configuration, binary, all.toArray(new String[0]));
  }

  private int imported(Path data, RunningLookout lookout) {
    return new CommandLine(new ImportCommand())
        .setOut(new PrintWriter(told))
        .setErr(new PrintWriter(told))
        .execute("prometheus", data.toString(), "--url", lookout.url());
  }

  private static List<String> files(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.map(Path::toString).toList();
    }
  }

  /** Name to samples of all steps. */
  private static Map<String, SampleColumns> series(boolean custom) {
    Map<String, SampleColumns> series = new LinkedHashMap<>();
    for (String name : List.of("gauge", "partly_deleted", "gone")) {
      SampleColumns samples = new SampleColumns(STEPS);
      for (int i = 0; i < STEPS; i++) {
        boolean stale = i % 97 == 96;
        samples.add(START + i * STEP, stale ? SampleColumns.STALE_NAN : Math.sin(i) * 1e5);
      }
      series.put(name, samples);
    }
    series.put("integers", histograms(true, 3));
    series.put("floats", histograms(false, 2));
    if (custom) {
      series.put("custom", histograms(true, NativeHistogram.CUSTOM_BUCKETS_SCHEMA));
      series.put("custom_floats", histograms(false, NativeHistogram.CUSTOM_BUCKETS_SCHEMA));
    }
    return series;
  }

  private static SampleColumns histograms(boolean integer, int schema) {
    SampleColumns samples = new SampleColumns(STEPS);
    boolean custom = schema == NativeHistogram.CUSTOM_BUCKETS_SCHEMA;
    for (int i = 0; i < STEPS; i++) {
      int n = i % 500;
      double part = integer ? 0 : 0.25;
      samples.add(
          START + i * STEP,
          new NativeHistogram(
              i > 300 && !custom ? schema - 1 : schema,
              CounterReset.UNKNOWN,
              integer,
              custom ? 0 : 0x1p-128,
              custom ? 0 : n,
              custom ? 6 * n + 3 * part : 10 * n + 3 * part,
              n * 1.5,
              custom ? List.of(new Span(0, 3)) : List.of(new Span(-3, 1), new Span(2, 2)),
              new double[] {n + part, 2 * n + part, 3 * n + part},
              custom ? List.of() : List.of(new Span(0, 1)),
              custom ? new double[0] : new double[] {3 * n},
              custom ? new double[] {0.1, 0.25, 10} : new double[0]));
    }
    return samples;
  }

  /** Portion by portion of time, so that blocks are cut meanwhile; then late samples. */
  private static void fill(String url, Map<String, SampleColumns> series)
      throws IOException, InterruptedException {
    for (int from = 0; from < STEPS; from += PORTION) {
      RemoteWriteMessage message = new RemoteWriteMessage();
      for (Map.Entry<String, SampleColumns> each : series.entrySet()) {
        message.add(labels(each.getKey()), each.getValue(), from, from + PORTION);
      }
      send(message.to(url));
      if ((from + PORTION) % 120 == 0) {
        await().atMost(Duration.ofSeconds(60)).until(() -> headHours(url) <= 3);
      }
    }
    SampleColumns late = new SampleColumns();
    for (int i = 0; i < 60; i++) {
      late.add(START + (STEPS - 70 + i) * STEP + STEP / 2, i);
    }
    RemoteWriteMessage message = new RemoteWriteMessage();
    message.add(labels("gauge"), late, 0, late.size);
    message.addExemplar(
        labels("gauge"),
        new Exemplar(Labels.of("trace_id", "7f"), 0.5, START + (STEPS - 2) * STEP));
    send(message.to(url));
    delete(url, "partly_deleted", START + 30 * STEP, START + 100 * STEP);
    delete(url, "partly_deleted", START + (STEPS - 50) * STEP, START + (STEPS - 20) * STEP);
    delete(url, "gone", START, START + STEPS * STEP);
  }

  /** More than three hours become a block, and later a checkpoint of the log. */
  private static double headHours(String url) throws IOException, InterruptedException {
    URI uri = URI.create(url + "/metrics");
    double hours = 0;
    String metrics = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    for (String line : metrics.split("\n", -1)) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "prometheus_tsdb_head_max_time" -> hours += Double.parseDouble(words[1]) / 3_600_000;
        case "prometheus_tsdb_head_min_time" -> hours -= Double.parseDouble(words[1]) / 3_600_000;
        default -> {}
      }
    }
    return hours;
  }

  private static Labels labels(String name) {
    return Labels.of("__name__", name, "instance", "ä \"1\"");
  }

  private static void send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
  }

  private static void delete(String url, String name, long from, long to)
      throws IOException, InterruptedException {
    String query = "match[]=" + name + "&start=" + from / 1000 + "&end=" + to / 1000;
    send(
        HttpRequest.newBuilder(
                URI.create(
                    url
                        + "/api/v1/admin/tsdb/delete_series?"
                        + query.replace("[", "%5B").replace("]", "%5D")))
            .POST(BodyPublishers.noBody())
            .build());
  }

  /** All samples of a name, as they were written. */
  private static JsonObject answer(String url, String name)
      throws IOException, InterruptedException {
    String query = URLEncoder.encode(name + "[15h]", StandardCharsets.UTF_8);
    long end = START + STEPS * STEP;
    return get(url + "/api/v1/query?time=" + end / 1000 + "&query=" + query);
  }

  private static JsonObject exemplars(String url) throws IOException, InterruptedException {
    long end = START + STEPS * STEP;
    return get(
        url + "/api/v1/query_exemplars?query=gauge&start=" + START / 1000 + "&end=" + end / 1000);
  }

  private static JsonObject get(String url) throws IOException, InterruptedException {
    URI uri = URI.create(url);
    HttpResponse<String> response =
        HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonObject body = new JsonObject(response.body());
    return new JsonObject().put("data", body.getValue("data"));
  }
}
