package io.lookout.app.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.FreePort;
import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@link Comparison}: generated expressions, asked of Lookout and of the
 * Prometheus 3 whose binary {@code NEWEST_PROMETHEUS} names ({@code .ci/newest-prometheus} fetches
 * one).
 */
@EnabledIfEnvironmentVariable(named = "NEWEST_PROMETHEUS", matches = ".+")
class DifferentialIT {
  private static final long SEED = 20261121;
  private static final int EXPRESSIONS = 400;

  /** Always the same, so that every run computes the same numbers. */
  private static final long END = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli();

  @TempDir Path directory;

  @Test
  void lookoutAnswersAsPrometheusDoes() throws Exception {
    DataSet data = DataSet.of(SEED, END);
    int port = FreePort.find();
    Process prometheus = prometheus(port);
    try (LookoutProcess lookout =
        LookoutProcess.start(
            directory.resolve("lookout"),
            "--set",
            "scrape.self=false",
            "--set",
            "storage.retention=36500d")) {
      await().atMost(Duration.ofMinutes(1)).until(() -> listens(port));
      Server here = new Server(lookout.url());
      Server there = new Server("http://127.0.0.1:" + port);
      here.load(data);
      there.load(data);

      List<String> differences =
          new Comparison(here, there).run(data, EXPRESSIONS, SEED).differences();

      assertThat(differences).isEmpty();
    } finally {
      prometheus.destroy();
      prometheus.waitFor();
    }
  }

  private Process prometheus(int port) throws IOException {
    Path configuration = Files.writeString(directory.resolve("prometheus.yml"), "global: {}\n");
    return new ProcessBuilder(
            System.getenv("NEWEST_PROMETHEUS"),
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + directory.resolve("prometheus"),
            "--web.listen-address=127.0.0.1:" + port,
            "--web.enable-remote-write-receiver",
            "--enable-feature=" + Comparison.FEATURES)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("prometheus.log").toFile())
        .start();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
