package io.lookout.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  @TempDir private Path directory = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("lookout.yaml"), text).toString();
  }

  @Test
  void saysWhatItCanDo() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--listen", "--data", "--config", "--set", "--roles", "run", "check");
  }

  @Test
  void aRehearsalEndsWell() {
    String data = directory.resolve("data").toString();
    assertThat(run("rehearse", "--data", data, "--minutes", "130", "--rounds", "1"))
        .as(err.toString())
        .isZero();
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("Lookout ").contains("Java");
  }

  @Test
  void findsAGoodFileGood() throws IOException {
    String file = file("http.listen: 127.0.0.1:9091\nlog:\n  format: json\n");
    assertThat(run("check", "config", file)).isZero();
    assertThat(out.toString()).contains("is good");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    String file = file("http:\n  listn: 127.0.0.1:9091\nlog.format: xml\n");
    assertThat(run("check", "config", file)).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            file + ":2: unknown setting http.listn; the nearest known one is http.listen",
            file + ":3: setting log.format: 'xml' is none of text, json");
  }

  @Test
  void refusesAnUnknownRole() throws IOException {
    assertThat(run("check", "config", file("node.roles: [ingest, cook]"))).isEqualTo(2);
    assertThat(err.toString()).contains("cook is no role");
  }

  @Test
  void checkWantsToKnowWhat() {
    assertThat(run("check")).isEqualTo(2);
    assertThat(err.toString()).contains("config FILE");
  }

  @Test
  void aStartWithWrongSettingsEndsWithTwo() {
    assertThat(run("run", "--set", "http.loops=many")).isEqualTo(2);
    assertThat(err.toString())
        .contains("option --set: setting http.loops: 'many' is no whole number");
    assertThat(run("--set=no.such=1")).isEqualTo(2);
    assertThat(run("--frobnicate")).isEqualTo(2);
  }
}
