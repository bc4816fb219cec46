package io.lookout.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages point to is there. */
class PagesTest {
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(#[^)\\s]*)?\\)");
  private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Benchmark))`");

  static Stream<Path> pages() throws IOException {
    return files(".md");
  }

  private static Stream<Path> files(String end) throws IOException {
    try (Stream<Path> all =
        Files.find(
            Repository.ROOT,
            20,
            (path, attributes) -> attributes.isRegularFile() && path.toString().endsWith(end))) {
      return all.filter(path -> !path.toString().contains("/target/")).toList().stream();
    }
  }

  /** As they stand in a link: small letters, hyphens, nothing else. */
  private static Set<String> anchors(Path page) {
    return Repository.text(page)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ *", "").toLowerCase(Locale.ROOT))
        .map(line -> "#" + line.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFilesAndHeadings(Path page) {
    Matcher links = LINK.matcher(Repository.text(page));
    while (links.find()) {
      Path target = links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1));
      assertThat(target).as(links.group()).exists();
      if (links.group(2) != null) {
        assertThat(anchors(target)).contains(links.group(2));
      }
    }
  }

  @Test
  void testsThatAreNamedExist() throws IOException {
    Set<String> classes =
        files(".java")
            .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
            .collect(Collectors.toSet());
    for (Path page : pages().toList()) {
      Matcher names = TEST_CLASS.matcher(Repository.text(page));
      while (names.find()) {
        assertThat(classes).as(page.toString()).contains(names.group(1));
      }
    }
  }
}
