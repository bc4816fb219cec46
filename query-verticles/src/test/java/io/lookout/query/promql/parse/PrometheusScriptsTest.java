package io.lookout.query.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lookout.query.promql.text.ExprText;
import io.lookout.query.promql.text.PrettyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every expression of Prometheus's own scripts, where they lie beside the project. */
class PrometheusScriptsTest {
  private static final Path SCRIPTS = Path.of("../../shared/promql/testdata");
  private static final Pattern EVAL =
      Pattern.compile(
          "^eval(_\\w+)? (?:instant at \\S+|range from \\S+ to \\S+ step \\S+)\\s+(.*)$");

  @Test
  void everyExpressionIsReadAndPrinted() throws IOException {
    assumeTrue(Files.isDirectory(SCRIPTS), "no scripts");
    List<String> failures = new ArrayList<>();
    int expressions = 0;
    for (Path script : scripts()) {
      List<String> lines = Files.readAllLines(script);
      for (int i = 0; i < lines.size(); i++) {
        Matcher eval = EVAL.matcher(lines.get(i));
        if (eval.matches()) {
          expressions++;
          check(script.getFileName() + ":" + (i + 1), eval.group(2), failures);
        }
      }
    }
    assertThat(failures).isEmpty();
    assertThat(expressions).isGreaterThan(1500);
  }

  private static void check(String where, String query, List<String> failures) {
    try {
      String printed = ExprText.of(PromqlParser.parse(query));
      String again = ExprText.of(PromqlParser.parse(printed));
      String pretty = ExprText.of(PromqlParser.parse(PrettyText.of(PromqlParser.parse(query))));
      if (!again.equals(printed) || !pretty.equals(printed)) {
        failures.add(where + ": " + query + " -> " + printed + " -> " + again + " / " + pretty);
      }
    } catch (ParseException e) {
      failures.add(where + ": " + query + ": " + e.getMessage());
    }
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.filter(f -> f.toString().endsWith(".test")).sorted().toList();
    }
  }
}
