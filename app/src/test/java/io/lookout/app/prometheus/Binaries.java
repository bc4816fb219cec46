package io.lookout.app.prometheus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The programs of Debian's Prometheus packages, wherever the PATH has them. */
final class Binaries {
  static final String PROMETHEUS = "prometheus";
  static final String PROMTOOL = "promtool";
  static final String NODE_EXPORTER = "prometheus-node-exporter";

  private Binaries() {}

  /** Skips the test where a program is missing; fails it where the environment demands it. */
  static void require() {
    List<String> missing =
        Stream.of(PROMETHEUS, PROMTOOL, NODE_EXPORTER).filter(name -> !isInstalled(name)).toList();
    String message =
        "not installed: "
            + String.join(", ", missing)
            + " (apt-get install prometheus prometheus-node-exporter)";
    if ("true".equals(System.getenv("REQUIRE_PROMETHEUS")) && !missing.isEmpty()) {
      throw new AssertionError(message);
    }
    assumeTrue(missing.isEmpty(), message);
  }

  private static boolean isInstalled(String name) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }
}
