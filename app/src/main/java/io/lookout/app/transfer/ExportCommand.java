package io.lookout.app.transfer;

import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.query.promql.parse.PromqlParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes samples of a running instance as text. */
@Command(
    name = "export",
    description = {
      "Writes samples of a running instance as OpenMetrics text, each with its time, as import"
          + " openmetrics reads it. Native histograms and staleness markers have no place in it and"
          + " are left out; import prometheus, with the URL of the instance, takes them along.",
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:9090",
      description = "The instance. Default: ${DEFAULT-VALUE}")
  private URI url = URI.create("http://127.0.0.1:9090");

  @Option(
      names = "--tenant",
      defaultValue = "",
      description = "Whose samples. Default: those of the one without a name.")
  private String tenant = "";

  @Option(
      names = "--match",
      defaultValue = "",
      description = "Which series, as '{job=\"node\"}'. Default: all.")
  private String match = "";

  @Option(
      names = "--start",
      converter = TimeOption.class,
      defaultValue = "0",
      description = "From when on: RFC 3339 or Unix seconds. Default: all that is there.")
  private Instant start = Instant.EPOCH;

  @Option(
      names = "--end",
      converter = TimeOption.class,
      description = "Until when, inclusive. Default: now.")
  private @Nullable Instant end;

  @Option(names = "--output", description = "The file. Default: standard output.")
  private @Nullable Path output;

  /** Exit code 0 when all was written, 1 where it ended before. */
  @Override
  public Integer call() {
    PrintWriter told = spec.commandLine().getErr();
    try {
      List<Matcher> matchers = match.isEmpty() ? List.of() : PromqlParser.parseSelector(match);
      Path file = output;
      if (file == null) {
        export(matchers, spec.commandLine().getOut(), told);
      } else {
        try (Writer out = Files.newBufferedWriter(file)) {
          export(matchers, out, told);
        }
      }
      return 0;
    } catch (ImportException | IOException | LookoutException e) {
      told.println("lookout: " + e.getMessage());
      return 1;
    } finally {
      told.flush();
    }
  }

  private void export(List<Matcher> matchers, Writer out, PrintWriter told)
      throws IOException, ImportException {
    long from = start.toEpochMilli();
    long to = (end == null ? Instant.now() : end).toEpochMilli();
    URI base = URI.create(url.toString().endsWith("/") ? url.toString() : url + "/");
    List<String> metrics = MetricNames.of(base, tenant, match, from, to);
    try (RemoteReader reader = new RemoteReader(base.resolve("api/v1/read"), tenant)) {
      OpenMetricsExport export = new OpenMetricsExport(reader, out);
      export.run(metrics, matchers, from, to);
      told.println(export.samples() + " samples of " + metrics.size() + " metrics exported");
      if (export.histograms() + export.markers() > 0) {
        told.println(
            "left out, since OpenMetrics text has no words for them: "
                + export.histograms()
                + " native histograms, "
                + export.markers()
                + " staleness markers");
      }
    }
  }
}
