package io.lookout.cluster.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The engines in the directory that the environment variable {@code ENGINES} names; {@code
 * .ci/engines} fetches them. Each is started when a test first wants it, and stopped with the JVM.
 */
public final class Engines {
  private static final Map<Path, EngineProcess> RUNNING = new ConcurrentHashMap<>();

  private Engines() {}

  /** All there are; none where the variable is not set, unless {@code REQUIRE_ENGINES} is true. */
  public static List<Path> all() {
    String directory = System.getenv("ENGINES");
    List<Path> engines = directory == null ? List.of() : in(Path.of(directory));
    if (engines.isEmpty() && "true".equals(System.getenv("REQUIRE_ENGINES"))) {
      throw new AssertionError("ENGINES names no directory with engines: see .ci/engines");
    }
    return engines;
  }

  /** Skips the test where there is none. */
  public static List<Path> required() {
    List<Path> engines = all();
    assumeTrue(!engines.isEmpty(), "ENGINES names no directory with engines: see .ci/engines");
    return engines;
  }

  /**
   * One of them, for tests that take long and need no more: an OpenSearch, where one is there,
   * because it starts sooner. Skips the test where there is none.
   */
  public static Path one() {
    return required().getLast();
  }

  private static List<Path> in(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(child -> child.getFileName().toString().matches("(elastic|open)search-.*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one that all tests share. */
  public static EngineProcess shared(Path engine) {
    return RUNNING.computeIfAbsent(engine, EngineProcess::start);
  }
}
