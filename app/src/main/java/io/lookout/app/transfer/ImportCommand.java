package io.lookout.app.transfer;

import io.lookout.model.LookoutException;
import io.lookout.query.promql.parse.PromqlParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings samples of other systems into a running instance. */
@Command(
    name = "import",
    description = "Writes samples of files and of other systems to a running instance.",
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Runnable {
  private static final Duration DEFAULT_RANGE = Duration.ofDays(15);

  /** Where samples go. */
  static final class Destination {
    @Option(
        names = "--url",
        defaultValue = "http://127.0.0.1:9090",
        description = "The instance. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://127.0.0.1:9090");

    @Option(
        names = "--tenant",
        defaultValue = "",
        description = "Whose samples they are. Default: the one without a name.")
    private String tenant = "";
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to import: openmetrics FILE, or prometheus DATADIR or URL");
  }

  /** Exit code 0 when all of it was taken, 1 where it ended before. */
  @Command(
      name = "openmetrics",
      description = {
        "Writes the samples of an OpenMetrics text, each with its time. What was taken is"
            + " remembered in FILE.imported: the same command goes on where it ended.",
      },
      mixinStandardHelpOptions = true)
  int openmetrics(@Parameters(paramLabel = "FILE") Path file, @Mixin Destination destination) {
    return written(
        destination,
        file.toString(),
        (writer, out) -> new OpenMetricsImport(file, writer, out).run());
  }

  /** Exit code 0 when all of it was taken, 1 where it ended before. */
  @Command(
      name = "prometheus",
      description = {
        "Writes the samples in the data directory (or snapshot) of a Prometheus that was stopped,"
            + " its blocks and its log, or of what answers remote read. What was taken is"
            + " remembered in a file: the same command goes on where it ended.",
      },
      mixinStandardHelpOptions = true)
  int prometheus(
      @Parameters(
              paramLabel = "DATADIR|URL",
              description = "Such as /var/lib/prometheus, or http://host:9090/api/v1/read")
          String source,
      @Mixin Destination destination,
      @Option(
              names = "--match",
              defaultValue = "{__name__=~\".+\"}",
              description = "Of a URL: which series. Default: ${DEFAULT-VALUE}")
          String match,
      @Option(
              names = "--start",
              converter = TimeOption.class,
              description = "Of a URL: from when on. Default: 15 days ago.")
          @Nullable Instant start,
      @Option(
              names = "--end",
              converter = TimeOption.class,
              description = "Of a URL: until when. Default: now.")
          @Nullable Instant end,
      @Option(
              names = "--slice",
              defaultValue = "2",
              description = "Of a URL: hours to ask for at once. Default: ${DEFAULT-VALUE}")
          int slice,
      @Option(
              names = "--progress",
              description =
                  "Where to remember what was taken. Default: DATADIR.imported, or"
                      + " HOST.imported in the current directory.")
          @Nullable Path noted) {
    boolean remote = source.startsWith("http://") || source.startsWith("https://");
    ImportProgress progress =
        new ImportProgress(noted != null ? noted : remote ? ofHost(source) : ofData(source));
    return written(
        destination,
        source,
        (writer, out) -> {
          if (!remote) {
            return new PrometheusImport(Path.of(source), progress, writer, out).run();
          }
          Instant now = Instant.now();
          long from = (start == null ? now.minus(DEFAULT_RANGE) : start).toEpochMilli();
          try (RemoteReader reader = new RemoteReader(URI.create(source), "")) {
            return new RemoteReadImport(
                    reader,
                    PromqlParser.parseSelector(match),
                    Duration.ofHours(Math.max(1, slice)).toMillis(),
                    progress,
                    writer,
                    out)
                .run(from, (end == null ? now : end).toEpochMilli());
          }
        });
  }

  private static Path ofData(String source) {
    Path data = Path.of(source).toAbsolutePath().normalize();
    return data.resolveSibling(data.getFileName() + ".imported");
  }

  private static Path ofHost(String source) {
    URI uri = URI.create(source);
    return Path.of(uri.getHost() + (uri.getPort() < 0 ? "" : "-" + uri.getPort()) + ".imported");
  }

  /** What brings samples; returns how many. */
  @FunctionalInterface
  private interface Import {
    long run(RemoteWriter writer, PrintWriter out) throws ImportException, IOException;
  }

  private int written(Destination destination, String source, Import imported) {
    PrintWriter out = spec.commandLine().getOut();
    try (RemoteWriter writer = new RemoteWriter(destination.url, destination.tenant)) {
      long samples = imported.run(writer, out);
      out.println(samples + " samples imported from " + source);
      return 0;
    } catch (ImportException | IOException | LookoutException e) {
      spec.commandLine().getErr().println("lookout: " + e.getMessage());
      return 1;
    } finally {
      out.flush();
    }
  }
}
