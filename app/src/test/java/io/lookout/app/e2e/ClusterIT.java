package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes, one role each. */
class ClusterIT {
  @TempDir private Path directory = Path.of("");

  private LookoutProcess start(String role, int port, int firstPort) throws IOException {
    return LookoutProcess.start(
        directory.resolve(role),
        "--roles=" + role,
        "--set=scrape.self=false",
        "--set=cluster.enabled=true",
        "--set=cluster.listen=127.0.0.1:" + port,
        "--set=cluster.members=127.0.0.1:" + firstPort);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void whatIsWrittenToTheFirstIsReadFromTheThird() throws IOException, InterruptedException {
    int first = freePort();
    long now = System.currentTimeMillis();
    try (LookoutProcess storage = start("storage", first, first);
        LookoutProcess ingest = start("ingest", freePort(), first);
        LookoutProcess query = start("query", freePort(), first)) {
      Samples.write(ingest.url(), now - 1000, 1);
      Samples.write(ingest.url(), now, 2);
      assertThat(Samples.count(query.url(), now)).isEqualTo(2L * Samples.SERIES);

      assertThat(storage.stop()).isZero();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Samples.status(query.url() + "/api/v1/query?query=e2e_metric") != 200);
    }
  }
}
