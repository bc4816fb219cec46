package io.lookout.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.protocols.RunningLookout;
import io.lookout.app.transfer.ExportCommand;
import io.lookout.app.transfer.ImportCommand;
import io.lookout.cluster.FreePort;
import io.lookout.model.text.NumberText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Samples that a real Prometheus has come into Lookout and out again, each as it was. */
class TransferIT {
  private static final long DAY = 86_400;

  @TempDir static Path directory;

  /** The data directory of a Prometheus, and what is in it, sorted. */
  private static Path data = Path.of("");

  private static List<String> samples = List.of();
  private final StringWriter told = new StringWriter();

  @BeforeAll
  static void blocks() throws IOException, InterruptedException {
    Binaries.require();
    SplittableRandom random = new SplittableRandom(5);
    long start = System.currentTimeMillis() / 1000 / DAY * DAY - 2 * DAY;
    StringBuilder text = new StringBuilder();
    for (String series : List.of("hot{a=\"1\"}", "hot{a=\"2\",b=\"x \\\"y\\\"\"}", "steady")) {
      for (int i = 0; i < 600; i++) {
        double value =
            switch (i % 5) {
              case 0 -> random.nextLong(1000);
              case 1 -> random.nextDouble();
              case 2 -> -random.nextDouble() * 1e-300;
              case 3 -> Double.NEGATIVE_INFINITY;
              default -> Double.longBitsToDouble(random.nextLong(0x7fe0_0000_0000_0000L));
            };
        text.append(series).append(' ').append(NumberText.number(value));
        text.append(' ').append(start + i * 240L).append('.').append(100 + i % 900).append('\n');
      }
    }
    samples = text.toString().lines().sorted().toList();
    Path file = Files.writeString(directory.resolve("all.txt"), text + "# EOF\n");
    data = Files.createDirectories(directory.resolve("prometheus"));
    Process promtool =
        new ProcessBuilder(
                Binaries.PROMTOOL,
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                file.toString(),
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("promtool.log").toFile())
            .start();
    assertThat(promtool.waitFor()).isZero();
  }

  private int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(told))
        .setErr(new PrintWriter(told))
        .execute(arguments);
  }

  private Path exported(RunningLookout lookout, String name) {
    Path file = directory.resolve(name);
    assertThat(run(new ExportCommand(), "--url", lookout.url(), "--output", file.toString()))
        .as(told.toString())
        .isZero();
    return file;
  }

  private static List<String> lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.startsWith("#")).sorted().toList();
    }
  }

  @Test
  void blocksComeInAndTextComesOut() throws IOException {
    Path progress = directory.resolve("blocks.imported");
    try (RunningLookout lookout = RunningLookout.start(directory.resolve("a"));
        RunningLookout other = RunningLookout.start(directory.resolve("b"))) {
      String[] command = {
        "prometheus", data.toString(), "--url", lookout.url(), "--progress", progress.toString()
      };
      assertThat(run(new ImportCommand(), command)).as(told.toString()).isZero();

      assertThat(told.toString()).contains("100 %").contains("1800 samples imported");
      assertThat(progress).doesNotExist();
      Path text = exported(lookout, "a.txt");
      assertThat(lines(text)).isEqualTo(samples);

      assertThat(run(new ImportCommand(), "openmetrics", text.toString(), "--url", other.url()))
          .as(told.toString())
          .isZero();
      assertThat(lines(exported(other, "b.txt"))).isEqualTo(samples);
    }
  }

  @Test
  void anImportGoesOnWhereItEnded() throws IOException {
    Path newest = newestBlock();
    Path progress = directory.resolve("resumed.imported");
    Files.writeString(progress, newest.getFileName() + " 1\n");
    try (RunningLookout lookout = RunningLookout.start(directory.resolve("c"))) {
      String[] command = {
        "prometheus", data.toString(), "--url", lookout.url(), "--progress", progress.toString()
      };
      assertThat(run(new ImportCommand(), command)).as(told.toString()).isZero();

      assertThat(told.toString()).contains("Goes on in block " + newest.getFileName());
      List<String> lines = lines(exported(lookout, "c.txt"));
      assertThat(lines).isNotEmpty().hasSizeLessThan(samples.size());
      assertThat(samples).containsAll(lines);
    }
  }

  private static Path newestBlock() throws IOException {
    try (var blocks = Files.list(data)) {
      return blocks
          .filter(block -> Files.exists(block.resolve("meta.json")))
          .max((a, b) -> Long.compare(minTime(a), minTime(b)))
          .orElseThrow();
    }
  }

  private static long minTime(Path block) {
    try {
      return new JsonObject(Files.readString(block.resolve("meta.json"))).getLong("minTime");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsNoDataDirectoryIsSaid() throws IOException {
    Path empty = Files.createDirectories(directory.resolve("empty"));
    assertThat(run(new ImportCommand(), "prometheus", empty.toString())).isEqualTo(1);
    assertThat(told.toString()).contains("has no blocks");
  }

  @Test
  void aRunningPrometheusIsReadBySlices() throws IOException, InterruptedException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Path copy = Files.createDirectories(home.resolve("prometheus"));
    assertThat(new ProcessBuilder("cp", "-r", data + "/.", copy.toString()).start().waitFor())
        .isZero();
    try (Daemon prometheus = Daemon.prometheus(home, FreePort.find(), "");
        RunningLookout lookout = RunningLookout.start(directory.resolve("d"))) {
      String[] command = {
        "prometheus",
        prometheus.url() + "/api/v1/read",
        "--url",
        lookout.url(),
        "--start",
        Long.toString(System.currentTimeMillis() / 1000 - 4 * DAY),
        "--progress",
        directory.resolve("read.imported").toString()
      };
      assertThat(run(new ImportCommand(), command)).as(told.toString()).isZero();
      assertThat(lines(exported(lookout, "d.txt"))).isEqualTo(samples);
    }
  }
}
