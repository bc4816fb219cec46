package io.lookout.app;

import io.lookout.app.node.Roles;
import io.lookout.cluster.settings.Origin;
import io.lookout.cluster.settings.RawSetting;
import io.lookout.cluster.settings.Settings;
import io.lookout.cluster.settings.SettingsBinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run}. All but the file are short for a setting. */
final class RunOptions {
  private static final Path DEFAULT_FILE = Path.of("lookout.yaml");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML. Without it lookout.yaml of this directory, if there is one.")
  private @Nullable Path config;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where HTTP is served (http.listen; default 0.0.0.0:9090).")
  private @Nullable String listen;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept (node.data; default ./data).")
  private @Nullable String data;

  @Option(
      names = "--roles",
      paramLabel = "ROLES",
      description = "What this node does (node.roles; default ingest,storage,query).")
  private @Nullable String roles;

  @Option(
      names = "--port-file",
      paramLabel = "FILE",
      description = "Where to write the ports once the node is ready (node.port.file).")
  private @Nullable String portFile;

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Any setting; may be repeated.")
  private List<String> set = new ArrayList<>();

  /** The settings of the file, the environment and the options: the later counts more. */
  Settings bind(Roles roles) {
    SettingsBinder binder = new SettingsBinder(roles.settings());
    if (config != null) {
      binder.file(config);
    } else if (Files.exists(DEFAULT_FILE)) {
      binder.file(DEFAULT_FILE);
    }
    return binder.environment(System.getenv()).add(settings()).bind();
  }

  /** What the options set, later ones last. */
  private List<RawSetting> settings() {
    List<RawSetting> settings = new ArrayList<>();
    for (String assignment : set) {
      settings.add(RawSetting.assignment(assignment, new Origin.CommandLine("--set")));
    }
    add(settings, "--listen", "http.listen", listen);
    add(settings, "--data", "node.data", data);
    add(settings, "--roles", "node.roles", roles);
    add(settings, "--port-file", "node.port.file", portFile);
    return settings;
  }

  private static void add(
      List<RawSetting> settings, String option, String name, @Nullable String value) {
    if (value != null) {
      settings.add(RawSetting.text(name, value, new Origin.CommandLine(option)));
    }
  }
}
