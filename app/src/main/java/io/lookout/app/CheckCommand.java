package io.lookout.app;

import io.lookout.app.node.NodeSettings;
import io.lookout.app.node.Roles;
import io.lookout.cluster.settings.Settings;
import io.lookout.cluster.settings.SettingsBinder;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = "Checks files without starting anything.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what to check: config FILE");
  }

  @Command(
      name = "config",
      description = "Checks a file of settings: exit code 0 when a node could start with it.",
      mixinStandardHelpOptions = true)
  void config(@Parameters(paramLabel = "FILE") Path file) {
    Roles roles = AllRoles.make();
    Settings settings = new SettingsBinder(roles.settings()).file(file).bind();
    roles.named(settings.of(NodeSettings.class).roles());
    spec.commandLine().getOut().println(file + " is good");
  }
}
