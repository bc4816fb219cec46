package io.lookout.cluster.node;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.lookout.cluster.settings.HostPort;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/**
 * Hazelcast as Lookout uses it: members by list, never by multicast; nothing is told to its vendor;
 * joining ends after a while.
 */
final class HazelcastMember {
  private HazelcastMember() {}

  static ClusterManager manager(ClusterSettings settings) {
    return new HazelcastClusterManager(config(settings));
  }

  static Config config(ClusterSettings settings) {
    // The configuration that comes with the cluster manager declares the maps it needs.
    Config config = ConfigUtil.loadConfig();
    config.setClusterName(settings.name());
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty(
        "hazelcast.max.join.seconds", Long.toString(settings.joinTimeout().toSeconds()));
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    network(config.getNetworkConfig(), settings);
    return config;
  }

  private static void network(NetworkConfig network, ClusterSettings settings) {
    HostPort listen = settings.listen();
    network.setPort(listen.port()).setPortAutoIncrement(false);
    if (!isAnyAddress(listen)) {
      network.getInterfaces().setEnabled(true).addInterface(listen.host());
    }
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(settings.members());
  }

  static boolean isAnyAddress(HostPort address) {
    return address.host().equals("0.0.0.0") || address.host().equals("::");
  }
}
