package io.lookout.app;

import io.lookout.app.log.LogOutput;
import io.lookout.app.log.LogSettings;
import io.lookout.app.node.LookoutNode;
import io.lookout.app.node.NodeSettings;
import io.lookout.app.node.Roles;
import io.lookout.app.node.Startup;
import io.lookout.cluster.Role;
import io.lookout.cluster.http.BuildInfo;
import io.lookout.cluster.settings.Settings;
import io.lookout.cluster.settings.SettingsBinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run of a node: from its options to its end. */
record NodeRun(RunOptions options) {
  private static final Path DEFAULT_FILE = Path.of("lookout.yaml");

  /** Returns when the process was told to stop and the node has. */
  int call() {
    StopSignal signal = StopSignal.install();
    Roles all = AllRoles.make();
    Settings settings = settings(all);
    LogOutput.apply(settings.of(LogSettings.class));
    List<Role> roles = all.named(settings.of(NodeSettings.class).roles());
    BuildInfo build = Version.build();
    Banner banner = new Banner(build, roles, settings);
    banner.starting();
    LookoutNode node = new Startup(settings, roles, build, new SplittableRandom()).run();
    banner.started(node.ports());
    signal.await();
    node.stop();
    return 0;
  }

  private Settings settings(Roles roles) {
    SettingsBinder binder = new SettingsBinder(roles.settings());
    @Nullable Path file = options.config();
    if (file != null) {
      binder.file(file);
    } else if (Files.exists(DEFAULT_FILE)) {
      binder.file(DEFAULT_FILE);
    }
    return binder.environment(System.getenv()).add(options.settings()).bind();
  }
}
