package io.lookout.cluster.node;

import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;
import java.util.List;

/** Whether and how this node meets others. */
public record ClusterSettings(
    @Setting(
            name = "cluster.enabled",
            defaultValue = "false",
            help = "Join other nodes; without it the node is alone.")
        boolean enabled,
    @Setting(
            name = "cluster.name",
            defaultValue = "lookout",
            help = "Nodes of another cluster name are not joined.")
        String name,
    @Setting(
            name = "cluster.node",
            defaultValue = "",
            help =
                "The name of this node, unique in the cluster; empty: kept in the data directory,"
                    + " or made up on a node without storage.")
        String node,
    @Setting(
            name = "cluster.listen",
            defaultValue = "0.0.0.0:5701",
            help = "Where members find this node. The event bus listens on the same host.")
        HostPort listen,
    @Setting(
            name = "cluster.members",
            defaultValue = "",
            help = "Some members to join through, host:port each, separated by commas.")
        List<String> members,
    @Setting(
            name = "cluster.bus.port",
            defaultValue = "0",
            help = "The port of the event bus; 0 takes a free one.")
        int busPort,
    @Setting(
            name = "cluster.join.timeout",
            defaultValue = "30s",
            help = "How long to try to join before the start fails.")
        Duration joinTimeout,
    @Setting(
            name = "cluster.announce.interval",
            defaultValue = "1s",
            help = "How often a storage node says that it is there.")
        Duration announceInterval,
    @Setting(
            name = "cluster.announce.expiry",
            defaultValue = "5s",
            help = "A storage node that was silent for so long is taken as gone.")
        Duration announceExpiry,
    @Setting(
            name = "cluster.missing.keep",
            defaultValue = "15d",
            help =
                "How long answers miss a storage node that is away: as long as storage.retention,"
                    + " after which it holds nothing that counts.")
        Duration missingKeep) {
  public ClusterSettings {
    if (announceExpiry.compareTo(announceInterval.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "cluster.announce.expiry must be at least twice cluster.announce.interval");
    }
  }
}
