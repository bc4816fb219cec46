package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.process.LookoutProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM ends the process, whatever becomes of the parts that it is to stop. */
class StopIT {
  @TempDir private Path directory = Path.of("");

  @Test
  void itEndsWhereTheClassesThatWouldStopItAreGone() throws IOException, InterruptedException {
    Path jar = directory.resolve("lookout.jar");
    LookoutProcess.copyJar(jar);
    long time = System.currentTimeMillis();
    try (LookoutProcess node =
        LookoutProcess.startOf(
            jar, directory, "--set=scrape.self=false", "--set=node.stop.timeout=2s")) {
      Samples.write(node.url(), time, 1);
      LookoutProcess.overwrite(jar);
      assertThat(node.stop()).isEqualTo(1);
      assertThat(node.logged()).contains("NoClassDefFoundError");
    }
    try (LookoutProcess node = LookoutProcess.start(directory, "--set=scrape.self=false")) {
      assertThat(Samples.count(node.url(), time + 1)).isEqualTo(Samples.SERIES);
      assertThat(node.stop()).isZero();
    }
  }
}
