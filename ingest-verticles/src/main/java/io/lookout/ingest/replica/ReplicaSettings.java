package io.lookout.ingest.replica;

import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** Whether replicas of one sender are told from each other, and how. */
public record ReplicaSettings(
    @Setting(
            name = "ingest.ha.enabled",
            defaultValue = "false",
            help = "Whether only one replica of each cluster of senders is heard at a time.")
        boolean enabled,
    @Setting(
            name = "ingest.ha.cluster.label",
            defaultValue = "cluster",
            help = "The label that says which senders are replicas of each other; it is kept.")
        String clusterLabel,
    @Setting(
            name = "ingest.ha.replica.label",
            defaultValue = "__replica__",
            help = "The label that names the replica; it is taken off accepted samples.")
        String replicaLabel,
    @Setting(
            name = "ingest.ha.failover.timeout",
            defaultValue = "30s",
            help = "When the elected replica is silent for so long, another is elected.")
        Duration failover,
    @Setting(
            name = "ingest.ha.update.interval",
            defaultValue = "15s",
            help = "How often the nodes tell each other that they hear an elected replica.")
        Duration update,
    @Setting(
            name = "ingest.ha.clusters",
            defaultValue = "100",
            help = "Clusters of replicas that one tenant may have.")
        int clusters,
    @Setting(
            name = "ingest.ha.idle",
            defaultValue = "30m",
            help = "A cluster of replicas is forgotten when it is silent for so long.")
        Duration idle) {
  public ReplicaSettings {
    require(!clusterLabel.isEmpty() && !replicaLabel.isEmpty(), "ingest.ha labels must be named");
    require(
        !clusterLabel.equals(replicaLabel),
        "ingest.ha.cluster.label and ingest.ha.replica.label must differ");
    require(update.toMillis() > 0, "ingest.ha.update.interval must be positive");
    require(
        failover.compareTo(update) > 0,
        "ingest.ha.failover.timeout must be longer than ingest.ha.update.interval");
    require(
        idle.compareTo(failover) >= 0,
        "ingest.ha.idle must be at least as long as ingest.ha.failover.timeout");
    require(clusters > 0, "ingest.ha.clusters must be positive");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
