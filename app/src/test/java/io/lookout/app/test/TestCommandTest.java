package io.lookout.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestCommandTest {
  private static final String GOOD =
      """
      load 1m
        requests_total{job="a"} 0+60x10
        sizes {{count:3 sum:5 buckets:[1 2]}}+{{count:3 sum:5 buckets:[1 2]}}x10

      eval instant at 10m rate(requests_total[5m])
        {job="a"} 1

      eval instant at 10m sum_over_time(sizes[2m])
        {} {{count:63 sum:105 buckets:[21 42] counter_reset_hint:not_reset}}

      clear

      eval instant at 10m requests_total
      """;

  private static final String BAD =
      """
      load 1m
        a 1

      eval instant at 0 a
        a 2
      """;

  private final StringWriter out = new StringWriter();

  @TempDir private Path directory;

  @Test
  void scriptsRunAgainstTheHead() throws IOException {
    write("good.test", GOOD);
    assertThat(run("promql", "--further-forms", directory.toString())).isZero();
    assertThat(out.toString()).endsWith("3 passed, 0 failed" + System.lineSeparator());
  }

  @Test
  void aFailedEvalIsNamed() throws IOException {
    Path bad = write("bad.test", BAD);
    assertThat(run("promql", bad.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains(bad + ":4: a at 0 ms", "a 2", "a 1")
        .endsWith("0 passed, 1 failed" + System.lineSeparator());
  }

  @Test
  void aScriptThatCannotBeReadIsAFailure() throws IOException {
    Path odd = write("odd.test", "lode 1m\n");
    assertThat(run("promql", odd.toString())).isEqualTo(1);
    assertThat(out.toString()).contains(odd + ":1: invalid command \"lode 1m\"");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private int run(String... args) {
    CommandLine commandLine = new CommandLine(new TestCommand());
    commandLine.setOut(new PrintWriter(out));
    return commandLine.execute(args);
  }
}
