package io.lookout.app;

import io.lookout.app.node.LookoutNode.Ports;
import io.lookout.cluster.Role;
import io.lookout.cluster.http.BuildInfo;
import io.lookout.cluster.settings.EffectiveSetting;
import io.lookout.cluster.settings.Origin;
import io.lookout.cluster.settings.Settings;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of a start: version, roles, settings that differ from their defaults, ports.
 */
record Banner(BuildInfo build, List<Role> roles, Settings settings) {
  private static final Logger LOG = LoggerFactory.getLogger(Banner.class);

  void starting() {
    LOG.info(
        "Lookout {} on Java {}, {} processors, {} MiB heap; roles {}; settings: {}",
        build.version(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        roles.stream().map(Role::name).collect(Collectors.joining(", ")),
        changed());
  }

  private String changed() {
    String changed =
        settings.effective().stream()
            .filter(setting -> !(setting.origin() instanceof Origin.Default))
            .map(Banner::text)
            .collect(Collectors.joining(", "));
    return changed.isEmpty() ? "all default" : changed;
  }

  private static String text(EffectiveSetting setting) {
    return setting.name() + "=" + setting.value() + " (" + setting.origin() + ")";
  }

  void started(Ports ports) {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    LOG.info(
        "Ready after {} ms: HTTP on {}{}",
        millis,
        ports.http(),
        ports.gateway().map(gateway -> ", gateway on " + gateway).orElse(""));
  }
}
