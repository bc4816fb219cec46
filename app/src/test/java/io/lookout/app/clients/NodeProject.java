package io.lookout.app.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lookout.app.repository.Repository;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of {@code app/src/test/node}, copied to {@code app/target/node} and installed there with
 * the versions of its lock file.
 */
record NodeProject(Path directory) {
  private static final boolean REQUIRED = "true".equals(System.getenv("REQUIRE_NODE"));
  private static final long PATIENCE_SECONDS = 600;

  /** Skips the test where it cannot be had; fails it where the environment demands it. */
  static NodeProject install(String name, String... options) {
    demand(isInstalled("node") && isInstalled("npm"), "node and npm are not installed");
    try {
      Path directory = Repository.file("app/target/node/" + name);
      copy(Repository.file("app/src/test/node/" + name), directory);
      NodeProject project = new NodeProject(directory);
      List<String> command =
          new ArrayList<>(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
      command.addAll(List.of(options));
      Path log = directory.resolve("npm.log");
      demand(
          project.succeeds(log, command.toArray(new String[0])),
          "npm ci failed: " + Repository.text(log));
      return project;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void demand(boolean fulfilled, String otherwise) {
    if (REQUIRED && !fulfilled) {
      throw new AssertionError(otherwise);
    }
    assumeTrue(fulfilled, otherwise);
  }

  private static boolean isInstalled(String name) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            to.resolve(file.getFileName().toString()),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Runs a command in the folder to its end. */
  NodeProject run(String... command) throws IOException {
    Path log = directory.resolve("run.log");
    if (!succeeds(log, command)) {
      throw new AssertionError(List.of(command) + " failed: " + Repository.text(log));
    }
    return this;
  }

  /** What a script prints: one JSON object. */
  JsonObject json(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    run(command.toArray(new String[0]));
    String output = Repository.text(directory.resolve("run.log"));
    return new JsonObject(output.substring(output.indexOf('{')));
  }

  private boolean succeeds(Path log, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
