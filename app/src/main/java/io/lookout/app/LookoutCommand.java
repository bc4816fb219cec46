package io.lookout.app;

import io.lookout.app.test.TestCommand;
import io.lookout.app.transfer.ExportCommand;
import io.lookout.app.transfer.ImportCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lookout} without a subcommand runs a node. */
@Command(
    name = "lookout",
    description = "Prometheus-compatible metrics: many protocols in, PromQL out.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      TestCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      RehearseCommand.class
    },
    footer = {
      "",
      "Every setting can be given in a YAML file (--config), as an environment variable"
          + " (storage.wal.sync is LOOKOUT_STORAGE_WAL_SYNC), or with --set. The later counts more."
    })
final class LookoutCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    return new NodeRun(options).call();
  }
}
