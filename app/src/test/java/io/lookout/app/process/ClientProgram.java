package io.lookout.app.process;

import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of {@code test-clients}, in a process of its own, with the libraries of a client that
 * Lookout's class path could not have.
 *
 * @param folder below {@code test-clients}, which has the libraries
 * @param source of the program, a path below {@code test-clients}
 */
public record ClientProgram(String folder, String source) {
  private static final long PATIENCE_SECONDS = 180;

  private Path libraries() {
    Path libraries = Repository.file("test-clients/" + folder + "/target/lib");
    if (!Files.isDirectory(libraries)) {
      throw new IllegalStateException(
          libraries + " is missing: mvn generate-resources -f test-clients/pom.xml");
    }
    return libraries;
  }

  /** A library of which only the beginning of the name is said. */
  public Path library(String prefix) throws IOException {
    try (var files = Files.list(libraries())) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * Starts it; its input is a pipe.
   *
   * @param log gets what it prints
   */
  public Process start(Path log, List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", libraries() + "/*"));
    command.add(Repository.file("test-clients/" + source).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Runs it to its end; returns what it printed. */
  public String run(Path log, String... arguments) throws IOException, InterruptedException {
    Process process = start(log, List.of(), arguments);
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(folder + " does not end: " + Repository.text(log));
    }
    return Repository.text(log);
  }
}
