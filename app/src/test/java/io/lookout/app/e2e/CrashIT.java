package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged survives {@code kill -9}. */
class CrashIT {
  private static final int ROUNDS = 30;

  @TempDir private Path directory = Path.of("");

  @Test
  void nothingAcknowledgedIsLost() throws IOException {
    long start = System.currentTimeMillis() - ROUNDS * 1000L;
    long end = start + ROUNDS * 1000L;
    try (LookoutProcess node = LookoutProcess.start(directory, "--set", "scrape.self=false")) {
      for (int round = 0; round < ROUNDS; round++) {
        Samples.write(node.url(), start + round * 1000L, round);
      }
      node.kill();
    }
    try (LookoutProcess again = LookoutProcess.start(directory, "--set", "scrape.self=false")) {
      assertThat(Samples.count(again.url(), end)).isEqualTo((long) ROUNDS * Samples.SERIES);
    }
  }
}
