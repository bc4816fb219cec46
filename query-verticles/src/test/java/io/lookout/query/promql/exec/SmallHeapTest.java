package io.lookout.query.promql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A query's memory grows with its groups and steps, not with the samples it reads: a tenth of
 * 10,000 series over a day is evaluated in half of a tenth of 512 MiB, encoded chunks included. The
 * whole of it is a command, see {@code docs/performance.md}.
 */
class SmallHeapTest {
  private static final String SERIES = "1000";
  private static final String HEAP = "-Xmx24m";

  @Test
  void sumOfRatesOverADayNeedsLessThanItsSamples() throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path", ""),
                DayOfCounters.class.getName(),
                SERIES)
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said.lines()).as(said).contains("10 groups");
      assertThat(child.waitFor()).as(said).isZero();
    } finally {
      child.destroyForcibly();
    }
  }
}
