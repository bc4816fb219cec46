package io.lookout.app.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lookout.app.process.LookoutProcess;
import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Scripts against a started instance: by remote write in, by the query API out. */
class ThroughHttpIT {
  @TempDir private static Path directory = Path.of("");

  private static @Nullable LookoutProcess lookout;
  private static String url = "";

  private final StringWriter out = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    LookoutProcess started =
        LookoutProcess.start(
            directory.resolve("lookout"),
            "--set",
            "scrape.self=false",
            // Scripts begin in 1970.
            "--set",
            "storage.retention=36500d");
    lookout = started;
    url = started.url();
  }

  @AfterAll
  static void stop() {
    if (lookout != null) {
      lookout.close();
    }
  }

  private int run(Path scripts, String... options) {
    CommandLine commandLine = new CommandLine(new TestCommand());
    commandLine.setOut(new PrintWriter(out));
    List<String> arguments = new ArrayList<>(List.of("promql", "--through-http", url));
    arguments.addAll(List.of(options));
    arguments.add(scripts.toString());
    return commandLine.execute(arguments.toArray(String[]::new));
  }

  @Test
  void theProjectsOwnScriptsPass() {
    run(Repository.file("query-verticles/src/test/resources/promql"), "--further-forms");
    assertThat(out.toString()).matches("[1-9]\\d* passed, 0 failed\\R");
  }

  @Test
  void thoseOfPrometheusPassWhereTheyLieBesideTheRepository() {
    Path scripts = Path.of("");
    for (Path at = Repository.ROOT; at != null; at = at.getParent()) {
      scripts = at.resolve("shared/promql/testdata");
      if (Files.isDirectory(scripts)) {
        break;
      }
    }
    assumeTrue(Files.isDirectory(scripts), "no shared/promql/testdata beside the repository");
    run(scripts);
    assertThat(out.toString()).matches("[1-9]\\d* passed, 0 failed\\R");
  }

  @Test
  void whatIsOtherwiseIsNamed() throws IOException {
    Path script =
        Files.writeString(
            directory.resolve("bad.test"),
            """
            load 1m
              a 1
              h {{schema:0 count:3 sum:5 buckets:[1 2]}}

            eval instant at 0 a
              a 2

            eval instant at 0 h
              h {{schema:0 count:3 sum:5 buckets:[2 1]}}

            eval instant at 0 a
              expect warn
              a 1

            eval instant at 0 a +
              expect fail msg: another message
            """);
    assertThat(run(script)).isEqualTo(1);
    assertThat(out.toString())
        .contains("bad.test:5: a at 0 ms", "bad.test:8: h at 0 ms", "missing warning")
        .contains("another failure was expected")
        .endsWith("0 passed, 4 failed" + System.lineSeparator());
  }

  @Test
  void whatMayBeTheReasonIsTold() throws IOException {
    Path script =
        Files.writeString(
            directory.resolve("typed.test"),
            """
            load 1m
              typed{__type__="counter"} 0 60 120

            eval instant at 2m rate(typed[5m])
              expect info
              {} 0.4
            """);
    assertThat(run(script)).isEqualTo(1);
    assertThat(out.toString())
        .contains("--set query.features.off=type-and-unit-labels")
        .endsWith("0 passed, 1 failed" + System.lineSeparator());
  }

  @Test
  void anInstanceThatIsNotThereIsAFailure() throws IOException {
    String before = url;
    url = "http://127.0.0.1:1";
    try {
      Path script =
          Files.writeString(
              directory.resolve("one.test"), "load 1m\n  a 1\n\neval instant at 0 a\n  a 1\n");
      assertThat(run(script)).isEqualTo(1);
      assertThat(out.toString()).contains("http://127.0.0.1:1 cannot be asked");
    } finally {
      url = before;
    }
  }
}
