package io.lookout.cluster.ring;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.ClusterMembership.Watch;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The nodes that scrape, as every node sees them that scrapes or asks for targets. Also on a node
 * that is alone, whose roles meet on the bus all the same. Thread-safe.
 */
public final class ScrapeMembers {
  private static final Duration ANNOUNCE = Duration.ofSeconds(1);
  private static final Duration EXPIRY = Duration.ofSeconds(5);

  private final ClusterMembership membership;

  private ScrapeMembers(ClusterMembership membership) {
    this.membership = membership;
  }

  /** Begins to listen. */
  public static Future<ScrapeMembers> join(Vertx vertx, Bus bus) {
    return ClusterMembership.join(
            vertx, bus, Clock.systemUTC(), Addresses.scrapers(), Watch.of(ANNOUNCE, EXPIRY))
        .map(ScrapeMembers::new);
  }

  /** The names of the nodes, sorted. */
  public List<String> names() {
    return membership.storageNodes().stream().map(StorageNode::id).toList();
  }

  /** Says that this node scrapes. */
  public void announce(String nodeId) {
    membership.announce(new StorageNode(nodeId, 1));
  }

  /** Takes it back. */
  public void withdraw() {
    membership.withdraw();
  }

  public Future<Void> close() {
    return membership.close();
  }
}
