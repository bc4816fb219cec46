package io.lookout.app.node;

import io.lookout.app.log.LogSettings;
import io.lookout.cluster.Role;
import io.lookout.cluster.http.GatewaySettings;
import io.lookout.cluster.http.HttpSettings;
import io.lookout.cluster.node.ClusterSettings;
import io.lookout.cluster.settings.SettingsException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every role there is, in the order of their start: who is asked starts before who asks. */
public record Roles(List<Role> all) {
  private static final List<Class<? extends Record>> NODE_SETTINGS =
      List.of(
          NodeSettings.class,
          LogSettings.class,
          HttpSettings.class,
          GatewaySettings.class,
          ClusterSettings.class);

  public Roles {
    all = List.copyOf(all);
  }

  /** The settings of the node and of all roles. */
  public List<Class<? extends Record>> settings() {
    Set<Class<? extends Record>> settings = new LinkedHashSet<>(NODE_SETTINGS);
    all.forEach(role -> settings.addAll(role.settings())); // Some are of several roles.
    return List.copyOf(settings);
  }

  /**
   * The roles of these names, all where none is named, in the order of their start.
   *
   * @throws SettingsException for a name that is no role
   */
  public List<Role> named(List<String> names) {
    Set<String> unknown = new HashSet<>(names);
    all.forEach(role -> unknown.remove(role.name()));
    if (!unknown.isEmpty()) {
      throw new SettingsException(
          List.of(
              "setting node.roles: "
                  + String.join(", ", unknown)
                  + " is no role; there are "
                  + String.join(", ", all.stream().map(Role::name).toList())));
    }
    return all.stream().filter(role -> names.isEmpty() || names.contains(role.name())).toList();
  }
}
