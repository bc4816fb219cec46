package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shard that fails while it changes what it holds ends its process, and the next one has all that
 * was acknowledged. The fault is that of an upgrade that overwrites the jar of a process that runs:
 * what it has not loaded yet is gone, as is what would put samples into their place that come out
 * of order.
 */
class BrokenShardIT {
  private static final int WRITES = 20;

  @TempDir private Path directory = Path.of("");

  @Test
  void theProcessEndsAndTheNextOneHasAllThatWasAcknowledged()
      throws IOException, InterruptedException {
    Path jar = directory.resolve("lookout.jar");
    LookoutProcess.copyJar(jar);
    Path data = directory.resolve("node");
    long time = System.currentTimeMillis() - 60_000;
    try (LookoutProcess node = LookoutProcess.startOf(jar, data, "--set=scrape.self=false")) {
      for (int i = 1; i <= WRITES; i++) {
        Samples.write(node.url(), time + 1_000L * i, i);
      }
      LookoutProcess.overwrite(jar);

      boolean acknowledged =
          Samples.send(node.url(), time + 500, 0.5)
              .handle((answer, failure) -> failure == null && answer.statusCode() == 204)
              .join();

      assertThat(acknowledged).isFalse();
      assertThat(node.awaitEnd()).isEqualTo(1);
      assertThat(node.logged())
          .contains("has failed while it changed what it holds, and stops")
          .contains("NoClassDefFoundError")
          .containsPattern("Ends because shard \\d+ failed")
          .contains("start it again");
    }
    try (LookoutProcess node = LookoutProcess.start(data, "--set=scrape.self=false")) {
      for (int number : new int[] {0, 42, 99}) {
        var found = Samples.of(node.url(), number, time + 60_000);
        for (int i = 1; i <= WRITES; i++) {
          assertThat(found).containsEntry(time + 1_000L * i, (double) i);
        }
      }
    }
  }
}
