package io.lookout.app;

import io.lookout.app.node.NodeSettings;
import io.lookout.app.node.Roles;
import io.lookout.cluster.settings.Settings;
import io.lookout.cluster.settings.SettingsBinder;
import io.lookout.storage.StorageSettings;
import io.lookout.storage.StoreKind;
import io.lookout.storage.elasticsearch.ElasticsearchSettings;
import io.lookout.storage.elasticsearch.StoreCheck;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = "Checks settings, or the block store, without starting a node.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say what to check: config FILE, or store");
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

  @Command(
      name = "store",
      description = {
        "Does once with the block store what a node will do: version, template, permissions, and a",
        "block there and back. Makes what the first node would make. Exit code 0 when all works."
      },
      mixinStandardHelpOptions = true)
  void store(@Mixin RunOptions options) {
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = options.bind(AllRoles.make());
    if (settings.of(StorageSettings.class).store() == StoreKind.EMBEDDED) {
      out.println("storage.store is embedded: blocks are in the data directory of the node");
      return;
    }
    Vertx vertx = Vertx.vertx();
    try {
      StoreCheck.run(vertx, settings.of(ElasticsearchSettings.class), out::println).await();
      out.println("The block store is good");
    } finally {
      vertx.close().await();
    }
  }
}
