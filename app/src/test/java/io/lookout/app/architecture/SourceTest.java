package io.lookout.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the compiler does not keep in the class file: lengths of files, and habits of tests. */
class SourceTest {
  private static final int LONGEST_FILE = 400;

  /** Spelt so that this file does not match itself. */
  private static final Pattern DISABLED = Pattern.compile("@Dis" + "abled\\b");

  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern SLEEP = Pattern.compile("(Thread|TimeUnit\\.\\w+)\\.sle" + "ep\\(");
  private static final Pattern STUB =
      Pattern.compile("new Unsupported" + "OperationException\\(\\s*\\)");

  private static List<Path> sources = List.of();

  @BeforeAll
  static void findSources() throws IOException {
    try (Stream<Path> modules = Files.list(Repository.ROOT)) {
      sources =
          modules.map(module -> module.resolve("src")).flatMap(SourceTest::javaFiles).toList();
    }
    assertThat(sources).hasSizeGreaterThan(10);
  }

  private static Stream<Path> javaFiles(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> filesWhere(Predicate<String> text) {
    return sources.stream()
        .filter(file -> text.test(Repository.text(file)))
        .map(file -> Repository.ROOT.relativize(file).toString())
        .toList();
  }

  @Test
  void filesAreShort() {
    assertThat(filesWhere(text -> text.lines().count() > LONGEST_FILE)).isEmpty();
  }

  @Test
  void everyTestRuns() {
    assertThat(filesWhere(text -> DISABLED.matcher(text).find())).isEmpty();
  }

  @Test
  void nothingSleeps() {
    assertThat(filesWhere(text -> SLEEP.matcher(text).find())).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(filesWhere(text -> UNFINISHED.matcher(text).find())).isEmpty();
    assertThat(filesWhere(text -> STUB.matcher(text).find())).isEmpty();
  }
}
