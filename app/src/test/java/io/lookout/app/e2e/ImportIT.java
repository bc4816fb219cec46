package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.protocols.RunningLookout;
import io.lookout.app.repository.Repository;
import io.vertx.core.json.JsonArray;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import that is killed goes on when the same command is given again. */
class ImportIT {
  private static final int SERIES = 40;
  private static final int SAMPLES = 10_000;

  @TempDir private Path directory = Path.of("");

  /** About twelve portions. */
  private Path history() throws IOException {
    long start = System.currentTimeMillis() / 1000 - SAMPLES * 15L;
    Path file = directory.resolve("history.txt");
    try (BufferedWriter text = Files.newBufferedWriter(file)) {
      text.write("# TYPE imported gauge\n");
      for (int i = 0; i < SERIES; i++) {
        for (int j = 0; j < SAMPLES; j++) {
          text.write("imported{instance=\"some-long-host-name-" + i + ":9100\"} " + j + " ");
          text.write(start + j * 15L + "\n");
        }
      }
      text.write("# EOF\n");
    }
    return file;
  }

  private static Process command(RunningLookout lookout, Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            Repository.file("app/target/lookout.jar").toString(),
            "import",
            "openmetrics",
            file.toString(),
            "--url",
            lookout.url())
        .redirectErrorStream(true)
        .start();
  }

  /** The lines that it prints, until one has the text. */
  private static List<String> told(Process process, String last) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = process.inputReader();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.contains(last)) {
        break;
      }
    }
    return lines;
  }

  private static void assertEach(RunningLookout lookout, String expression, double value) {
    JsonArray found = lookout.query(expression);
    assertThat(found).as(expression).hasSize(SERIES);
    for (int i = 0; i < SERIES; i++) {
      String text = found.getJsonObject(i).getJsonArray("value").getString(1);
      assertThat(Double.parseDouble(text)).as(expression).isEqualTo(value);
    }
  }

  @Test
  void anImportThatIsKilledGoesOnWhereItWas() throws IOException, InterruptedException {
    Path file = history();
    try (RunningLookout lookout = RunningLookout.start(directory.resolve("data"))) {
      Process killed = command(lookout, file);
      assertThat(told(killed, "samples")).last().asString().contains("%");
      killed.destroyForcibly().waitFor();
      assertThat(directory.resolve("history.txt.imported")).exists();

      Process again = command(lookout, file);
      List<String> lines = told(again, "samples imported from");
      assertThat(again.waitFor()).as(lines.toString()).isZero();
      assertThat(lines).first().asString().startsWith("Goes on at byte");
      assertThat(directory.resolve("history.txt.imported")).doesNotExist();

      assertEach(lookout, "count_over_time(imported[3d])", SAMPLES);
      assertEach(lookout, "sum_over_time(imported[3d])", SAMPLES * (SAMPLES - 1L) / 2);
    }
  }
}
