package io.lookout.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    description = "Runs a node until it is told to stop. The same as no command at all.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {
  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    return new NodeRun(options).call();
  }
}
