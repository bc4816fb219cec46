package io.lookout.app.protocols;

import io.lookout.app.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's collectd, as a process that measures this machine every second. */
record Collectd(Process process) implements AutoCloseable {
  private static final String NAME = "collectd";

  /**
   * Skips the test where the program is missing; fails it where the environment demands it.
   *
   * @param outputs plug-ins that write, and what is said to them
   */
  static Collectd start(Path directory, String outputs) throws IOException {
    Path program = Program.find("COLLECTD", NAME);
    Path config = directory.resolve("collectd.conf");
    Files.writeString(config, config(program, directory) + outputs);
    List<String> command = List.of(program.toString(), "-f", "-C", config.toString());
    return new Collectd(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("collectd.log").toFile())
            .start());
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
