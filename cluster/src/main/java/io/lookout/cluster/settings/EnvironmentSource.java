package io.lookout.cluster.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings from the environment: {@code storage.wal.sync} is {@code LOOKOUT_STORAGE_WAL_SYNC}.
 *
 * <p>Kubernetes puts {@code LOOKOUT_SERVICE_HOST}, {@code LOOKOUT_PORT_9090_TCP} and the like into
 * every container beside a service of the name lookout: these are not mistaken settings.
 */
final class EnvironmentSource {
  private static final String PREFIX = "LOOKOUT_";
  private static final Set<String> LAUNCHER =
      Set.of("LOOKOUT_JAVA_HOME", "LOOKOUT_JAVA_OPTS", "LOOKOUT_CONFIG", "LOOKOUT_HOME");
  private static final Pattern KUBERNETES_LINK =
      Pattern.compile(
          "LOOKOUT_(.*_)?(SERVICE_(HOST|PORT).*|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  private EnvironmentSource() {}

  static String variableOf(String settingName) {
    return PREFIX + settingName.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static List<RawSetting> read(Map<String, String> environment, Catalogue catalogue) {
    Map<String, String> names = new TreeMap<>();
    catalogue.all().forEach(known -> names.put(known.environmentName(), known.name()));
    List<RawSetting> settings = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach((variable, value) -> {
          if (names.containsKey(variable) || isMeantAsSetting(variable)) {
            settings.add(
                RawSetting.text(
                    names.getOrDefault(variable, dotted(variable)),
                    value,
                    new Origin.Environment(variable)));
          }
        });
    return settings;
  }

  private static boolean isMeantAsSetting(String variable) {
    return variable.startsWith(PREFIX)
        && !LAUNCHER.contains(variable)
        && !KUBERNETES_LINK.matcher(variable).matches();
  }

  private static String dotted(String variable) {
    return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
