package io.lookout.query.promql.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.query.promql.script.ScriptRunner.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the project's own scripts, and those of the Prometheus project where they lie beside the
 * repository.
 */
class PromqlScriptsTest {
  @TestFactory
  Stream<DynamicTest> ownScripts() {
    return scripts(Path.of("src/test/resources/promql"));
  }

  @TestFactory
  Stream<DynamicTest> scriptsOfPrometheus() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path scripts = at.resolve("shared/promql/testdata");
      if (Files.isDirectory(scripts)) {
        return scripts(scripts);
      }
    }
    return Stream.empty();
  }

  private static Stream<DynamicTest> scripts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> scripts =
          files.filter(file -> file.toString().endsWith(".test")).sorted().toList();
      return scripts.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Path file) throws IOException {
    try (ScriptStorage storage = new MemoryStorage()) {
      Report report =
          new ScriptRunner(storage, true)
              .run(file.getFileName().toString(), Files.readString(file));
      assertThat(report.failures()).isEmpty();
    }
  }
}
