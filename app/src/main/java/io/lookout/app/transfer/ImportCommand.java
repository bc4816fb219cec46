package io.lookout.app.transfer;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings samples of other systems into a running instance. */
@Command(
    name = "import",
    description = "Writes samples of files to a running instance.",
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to import: openmetrics FILE");
  }

  /** Exit code 0 when all of it was taken, 1 where it ended before. */
  @Command(
      name = "openmetrics",
      description = {
        "Writes the samples of an OpenMetrics text, each with its time. What was taken is"
            + " remembered in FILE.imported: the same command goes on where it ended.",
      },
      mixinStandardHelpOptions = true)
  int openmetrics(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(
              names = "--url",
              defaultValue = "http://127.0.0.1:9090",
              description = "The instance. Default: ${DEFAULT-VALUE}")
          URI url,
      @Option(
              names = "--tenant",
              defaultValue = "",
              description = "Whose samples they are. Default: the one without a name.")
          String tenant) {
    PrintWriter out = spec.commandLine().getOut();
    try (RemoteWriter writer = new RemoteWriter(url, tenant)) {
      long samples = new OpenMetricsImport(file, writer, out).run();
      out.println(samples + " samples imported from " + file);
      return 0;
    } catch (ImportException | IOException e) {
      spec.commandLine().getErr().println("lookout: " + e.getMessage());
      return 1;
    } finally {
      out.flush();
    }
  }
}
