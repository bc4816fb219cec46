package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.cluster.FreePort;
import java.io.IOException;
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

  @Test
  void whatIsWrittenToTheFirstIsReadFromTheThird() throws IOException, InterruptedException {
    int first = FreePort.find();
    long now = System.currentTimeMillis();
    try (LookoutProcess storage = start("storage", first, first);
        LookoutProcess ingest = start("ingest", FreePort.find(), first);
        LookoutProcess query = start("query", FreePort.find(), first)) {
      Samples.write(ingest.url(), now - 1000, 1);
      Samples.write(ingest.url(), now, 2);
      assertThat(Samples.count(query.url(), now)).isEqualTo(2L * Samples.SERIES);

      assertThat(storage.stop()).isZero();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Samples.status(query.url() + "/api/v1/query?query=e2e_metric") != 200);
    }
  }
}
