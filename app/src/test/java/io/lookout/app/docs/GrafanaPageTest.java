package io.lookout.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of docs/grafana.md names tests that there are. */
class GrafanaPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`(?:([A-Z]\\w+)\\.)?([a-z]\\w+)`");

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : List.of("query-verticles", "ingest-verticles", "storage-verticles")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }

  @Test
  void everyRowIsBackedByATest() throws IOException {
    Map<String, String> sources = sources();
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (String line : Files.readAllLines(ROOT.resolve("docs/grafana.md"))) {
      if (!line.startsWith("| ") || line.endsWith("| test |")) {
        continue;
      }
      rows++;
      String[] cells = line.split(" \\| ", -1);
      Matcher names = NAME.matcher(cells[cells.length - 1]);
      int found = 0;
      while (names.find()) {
        found++;
        String type = names.group(1) == null ? "GrafanaTest" : names.group(1);
        if (!sources.getOrDefault(type, "").contains("void " + names.group(2) + "(")) {
          wrong.add(names.group());
        }
      }
      if (found == 0) {
        wrong.add(line);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isGreaterThan(30);
  }
}
