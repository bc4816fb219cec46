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
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a node: from its options to its end. */
record NodeRun(RunOptions options) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeRun.class);
  private static final int FAILED = 1;
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(20);

  /** Returns when the process was told to stop, or must, and the node has. */
  int call() {
    LastResort lastResort = new LastResort(TIME_TO_STOP, FAILED);
    StopSignal signal = StopSignal.install(lastResort);
    LookoutNode node = start();
    signal.onHangup(node::reload);
    CompletableFuture<String> brokenDown = node.brokenDown().toCompletableFuture();
    CompletableFuture<Void> unused =
        brokenDown.thenRun(() -> {
          lastResort.begin();
          signal.stop();
        });
    signal.started();
    signal.await();
    if (brokenDown.isDone()) {
      LOG.error("Ends because {}: start it again", brokenDown.join());
    }
    boolean stopped = stops(node);
    // For what libraries do at the end of the process.
    lastResort.begin();
    return stopped && !brokenDown.isDone() ? 0 : FAILED;
  }

  private LookoutNode start() {
    Roles all = AllRoles.make();
    Settings settings = options.bind(all);
    LogOutput.apply(settings.of(LogSettings.class));
    List<Role> roles = all.named(settings.of(NodeSettings.class).roles());
    BuildInfo build = Version.build();
    Banner banner = new Banner(build, roles, settings);
    banner.starting();
    LookoutNode node = new Startup(settings, roles, build, new SplittableRandom()).run();
    banner.started(node.ports());
    return node;
  }

  /** What broke a part of the node, or took its classes away, may break how it stops, too. */
  private static boolean stops(LookoutNode node) {
    try {
      return node.stop().isEmpty();
    } catch (RuntimeException | Error e) {
      LOG.error("What was left could not be stopped: {}", e.toString());
      return false;
    }
  }
}
