package io.lookout.app.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of a Debian package that tests start. */
public final class Program {
  private Program() {}

  /**
   * Where a program is. Skips the test where it is missing; fails it where the environment demands
   * it by {@code REQUIRE_} and the variable.
   *
   * @param variable of the environment that may lead to it
   * @param name by which it is installed
   */
  public static Path find(String variable, String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Stream<Path> installed =
        Stream.of(path.split(File.pathSeparator, -1)).map(directory -> Path.of(directory, name));
    Optional<Path> program =
        Stream.concat(Stream.ofNullable(System.getenv(variable)).map(Path::of), installed)
            .filter(Files::isExecutable)
            .findFirst();
    String missing = "neither " + variable + " nor PATH leads to " + name + " (.ci fetches one)";
    if ("true".equals(System.getenv("REQUIRE_" + variable)) && program.isEmpty()) {
      throw new AssertionError(missing);
    }
    assumeTrue(program.isPresent(), missing);
    return program.orElseThrow();
  }
}
