package io.lookout.app.protocols;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's collectd, as a process that measures this machine every second. */
record Collectd(Process process) implements AutoCloseable {
  private static final String NAME = "collectd";

  /**
   * Skips the test where the program is missing; fails it where the environment demands it.
   *
   * @param outputs plug-ins that write, and what is said to them
   */
  static Collectd start(Path directory, String outputs) throws IOException {
    Optional<Path> program = find();
    String missing = "neither COLLECTD nor PATH leads to a collectd (.ci/collectd DIR fetches one)";
    if ("true".equals(System.getenv("REQUIRE_COLLECTD")) && program.isEmpty()) {
      throw new AssertionError(missing);
    }
    assumeTrue(program.isPresent(), missing);
    Path config = directory.resolve("collectd.conf");
    Files.writeString(config, config(program.orElseThrow(), directory) + outputs);
    List<String> command = List.of(program.orElseThrow().toString(), "-f", "-C", config.toString());
    return new Collectd(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("collectd.log").toFile())
            .start());
  }

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream<Path> installed =
        Stream.of(path.split(File.pathSeparator, -1)).map(directory -> Path.of(directory, NAME));
    return Stream.concat(Stream.ofNullable(System.getenv("COLLECTD")).map(Path::of), installed)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Its plug-ins are where they were installed to, or were unpacked beside the program. */
  private static String config(Path program, Path directory) {
    Path usr = program.resolve("../..").normalize();
    return """
    Hostname "web01"
    FQDNLookup false
    Interval 1
    BaseDir "%s"
    PIDFile "%s/collectd.pid"
    PluginDir "%s/lib/collectd"
    TypesDB "%s/share/collectd/types.db"
    LoadPlugin load
    LoadPlugin memory
    """
        .formatted(directory, directory, usr, usr);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
