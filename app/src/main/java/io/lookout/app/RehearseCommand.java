package io.lookout.app;

import io.lookout.app.log.LogOutput;
import io.lookout.app.log.LogSettings;
import io.lookout.app.node.LookoutNode;
import io.lookout.app.node.NodeSettings;
import io.lookout.app.node.Roles;
import io.lookout.app.node.Startup;
import io.lookout.app.rehearsal.Rehearsal;
import io.lookout.cluster.settings.Origin;
import io.lookout.cluster.settings.RawSetting;
import io.lookout.cluster.settings.Settings;
import io.lookout.cluster.settings.SettingsBinder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts a node on free ports, has it work for a while, and stops it. The launcher runs this once,
 * so that the JVM keeps which classes and methods a node needs.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts a node on free ports, writes and asks for a while, and stops it.",
    mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "DIR", description = "Of the node.")
  private Path data = Path.of("");

  @Option(
      names = "--minutes",
      defaultValue = "130",
      description = "How much time the samples cover. Default: ${DEFAULT-VALUE}")
  private long minutes;

  @Option(
      names = "--rounds",
      defaultValue = "10",
      description = "How often everything is asked. Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Roles roles = AllRoles.make();
    Settings settings = new SettingsBinder(roles.settings()).add(settings()).bind();
    LogOutput.apply(settings.of(LogSettings.class));
    LookoutNode node =
        new Startup(
                settings,
                roles.named(settings.of(NodeSettings.class).roles()),
                Version.build(),
                new SplittableRandom())
            .run();
    try (Rehearsal rehearsal = new Rehearsal(node.ports().http(), System.currentTimeMillis())) {
      rehearsal.write(Duration.ofMinutes(minutes));
      rehearsal.ask(rounds);
    } finally {
      node.stop();
    }
    return 0;
  }

  /** Windows go to the block store as soon as they are over, so that it is asked too. */
  private List<RawSetting> settings() {
    return Stream.of(
            "node.data=" + data,
            "http.listen=127.0.0.1:0",
            "gateway.listen=127.0.0.1:0",
            "storage.seal.delay=1s",
            "storage.late.delay=1s")
        .map(each -> RawSetting.assignment(each, new Origin.CommandLine("rehearse")))
        .toList();
  }
}
