package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.LookoutProcess;
import io.lookout.cluster.engine.EngineProcess;
import io.lookout.cluster.engine.Engines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose blocks are in a real engine, which is away for a while. */
class ElasticsearchIT {
  private static final String INDEX = "e2e-blocks";
  private static final int ROUNDS = 20;

  @TempDir private Path directory = Path.of("");

  @Test
  void windowsGoToTheEngineAndWaitForItWhileItIsAway() throws IOException {
    Path kind = Engines.required().getFirst();
    long start = System.currentTimeMillis() - 300_000;
    try (EngineProcess engine = EngineProcess.start(kind);
        LookoutProcess node = start(engine)) {
      writeRounds(node, start, 0);
      awaitBlocks(engine, 1);
      assertThat(Samples.count(node.url(), start + 300_000)).isEqualTo(total(1));

      long before = blocks(engine);
      engine.kill();
      writeRounds(node, start, ROUNDS);
      assertThat(Samples.status(node.url() + "/-/ready")).isEqualTo(200);

      engine.restartAndAwait();
      awaitBlocks(engine, before + 1);
      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(() -> Samples.count(node.url(), start + 300_000) == total(2));
    }
  }

  private LookoutProcess start(EngineProcess engine) throws IOException {
    return LookoutProcess.start(
        directory,
        "--set=scrape.self=false",
        "--set=storage.store=elasticsearch",
        "--set=storage.elasticsearch.urls=" + engine.url(),
        "--set=storage.elasticsearch.index=" + INDEX,
        "--set=storage.elasticsearch.replicas=0",
        "--set=storage.window=20s",
        "--set=storage.seal.delay=1s",
        "--set=storage.late.delay=1s");
  }

  private static void writeRounds(LookoutProcess node, long start, int first) {
    for (int round = first; round < first + ROUNDS; round++) {
      Samples.write(node.url(), start + round * 5000L, round);
    }
  }

  private static long total(int times) {
    return (long) times * ROUNDS * Samples.SERIES;
  }

  private static long blocks(EngineProcess engine) {
    return engine.json("GET", "/" + INDEX + "/_count", "").getLong("count");
  }

  private static void awaitBlocks(EngineProcess engine, long atLeast) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(() -> blocks(engine) >= atLeast);
  }
}
