package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest alone, with a relay: what it has acknowledged arrives, whatever is killed meanwhile. */
class AgentIT {
  private static final int ROUNDS = 20;

  @TempDir private Path directory = Path.of("");

  private LookoutProcess agent(String target) throws IOException {
    return LookoutProcess.start(
        directory.resolve("agent"),
        "--roles",
        "ingest",
        "--set",
        "relay.url=" + target + "/api/v1/write",
        "--set",
        "relay.retry.longest=200ms",
        "--set",
        "scrape.self=false");
  }

  private LookoutProcess server(String... listen) throws IOException {
    String[] arguments = new String[listen.length + 2];
    arguments[0] = "--set";
    arguments[1] = "scrape.self=false";
    System.arraycopy(listen, 0, arguments, 2, listen.length);
    return LookoutProcess.start(directory.resolve("server"), arguments);
  }

  @Test
  void whatTheAgentTookArrivesWhenItsTargetIsBack() throws IOException {
    long start = System.currentTimeMillis() - ROUNDS * 1000L;
    long end = start + ROUNDS * 1000L;
    String url;
    try (LookoutProcess server = server()) {
      url = server.url();
    }
    try (LookoutProcess agent = agent(url)) {
      for (int round = 0; round < ROUNDS; round++) {
        Samples.write(agent.url(), start + round * 1000L, round);
      }
      agent.kill();
    }
    try (LookoutProcess again = agent(url);
        LookoutProcess server = server("--listen", url.substring("http://".length()))) {
      assertThat(again.url()).isNotEqualTo(server.url());
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThat(Samples.count(server.url(), end))
                  .isEqualTo((long) ROUNDS * Samples.SERIES));
    }
  }
}
