package io.lookout.app.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.cluster.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short forms of {@link Comparison} and {@link ApiComparison}, and federation: what is asked of
 * Lookout is asked of the Prometheus 3 whose binary {@code NEWEST_PROMETHEUS} names ({@code
 * .ci/newest-prometheus} fetches one).
 */
@EnabledIfEnvironmentVariable(named = "NEWEST_PROMETHEUS", matches = ".+")
class DifferentialIT {
  private static final long SEED = 20261121;
  private static final int EXPRESSIONS = 400;

  /** Always the same, so that every run computes the same numbers. */
  private static final long END = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli();

  private static final String MESSAGES =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  /** Series that have a sample at each of their times. */
  private static final String FEDERATED =
      "/federate?match%5B%5D=%7B__name__=~%22diff_(native|custom|info|mixed|special).*%22%7D";

  @TempDir private static Path directory = Path.of("");

  private static @Nullable LookoutProcess lookout;
  private static @Nullable Process prometheus;
  private static URI here = URI.create("");
  private static URI there = URI.create("");

  @BeforeAll
  static void bothHaveTheSameSamples() throws Exception {
    LookoutProcess started =
        LookoutProcess.start(
            directory.resolve("lookout"),
            "--set",
            "scrape.self=false",
            "--set",
            "storage.retention=36500d");
    lookout = started;
    here = URI.create(started.url());
    int port = FreePort.find();
    there = URI.create("http://127.0.0.1:" + port);
    prometheus = prometheus(port, "global: {}");
    for (URI server : List.of(here, there)) {
      new Server(server.toString()).load(DataSet.of(SEED, END));
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (lookout != null) {
      lookout.close();
    }
    if (prometheus != null) {
      prometheus.destroy();
      prometheus.waitFor();
    }
  }

  private static String federationFrom(String address) {
    return """
    scrape_configs:
      - job_name: federation
        scrape_interval: 1s
        honor_labels: true
        metrics_path: /federate
        params: {"match[]": ['{__name__=~"diff_native.*"}']}
        static_configs: [{targets: ["%s"]}]
    """
        .formatted(address);
  }

  /** Returns when it takes connections. */
  private static Process prometheus(int port, String configuration) throws IOException {
    Path home = Files.createDirectory(directory.resolve("prometheus-" + port));
    Path file = Files.writeString(home.resolve("prometheus.yml"), configuration);
    Process process =
        new ProcessBuilder(
                System.getenv("NEWEST_PROMETHEUS"),
                "--config.file=" + file,
                "--storage.tsdb.path=" + home.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--enable-feature=" + Comparison.FEATURES)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    await(home.toString()).atMost(Duration.ofMinutes(1)).until(() -> listens(port));
    return process;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Test
  void expressionsAreEvaluatedAlike() throws Exception {
    List<String> differences =
        new Comparison(new Server(here.toString()), new Server(there.toString()))
            .run(DataSet.of(SEED, END), EXPRESSIONS, SEED)
            .differences();

    assertThat(differences).isEmpty();
  }

  @Test
  void requestsAreAnsweredAlike() throws IOException {
    assertThat(new ApiComparison(here, there).run(ApiRequest.read(ApiComparison.REQUESTS)))
        .isEmpty();
  }

  /** Byte by byte, in each format; and a third server gets the histograms. */
  @Test
  void federationIsServedAlike() throws Exception {
    long now = System.currentTimeMillis();
    for (URI server : List.of(here, there)) {
      new Server(server.toString()).load(DataSet.of(SEED, now - now % DataSet.INTERVAL));
    }
    for (String accept :
        List.of("", "*/*", "text/plain;escaping=dots", MESSAGES, MESSAGES + ";escaping=values")) {
      ApiRequest request = new ApiRequest("GET", FEDERATED, List.of("Accept: " + accept), "", "");
      RawExchange ours = RawExchange.of(here, request);
      assertThat(ours.body()).as(accept).contains("special");
      assertThat(ours.body()).as(accept).isEqualTo(RawExchange.of(there, request).body());
    }
    int port = FreePort.find();
    Process federating = prometheus(port, federationFrom(here.getAuthority()));
    try {
      assertThatHistogramsArrive(new Server("http://127.0.0.1:" + port));
    } finally {
      federating.destroy();
      federating.waitFor();
    }
  }

  private static void assertThatHistogramsArrive(Server federating) {
    String query = "sort(histogram_sum(diff_native))";
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          long now = System.currentTimeMillis();
          Answer theirs = federating.instant(query, now);
          assertThat(theirs.series()).hasSize(6);
          assertThat(theirs).isEqualTo(new Server(here.toString()).instant(query, now));
        });
  }
}
