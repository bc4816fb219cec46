package io.lookout.cluster.ring;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.model.bus.KnownNode;
import io.lookout.model.bus.KnownNodes;
import io.lookout.model.bus.StorageAnnouncement;
import io.lookout.model.bus.StorageCall;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Membership by announcements on the event bus: every storage node repeats that it is there, and
 * one that was not heard for the expiry is taken as dead. A node that comes calls for
 * announcements, so that it need not wait for the next round. Before each announcement a storage
 * node tells whom it knows, so that whoever learns of a node learns of those that are missing
 * first.
 *
 * <p>All changes happen on one event loop; readers see the last published view.
 */
public final class ClusterMembership implements Membership {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterMembership.class);

  private final Vertx vertx;
  private final Context context;
  private final Bus bus;
  private final Clock clock;
  private final String address;
  private final Roster roster;
  private final Census census;
  private final CensusKeeper keeper;
  private volatile View view = View.EMPTY;
  private @Nullable StorageNode self;
  private boolean left;
  private long timer = -1;
  private @Nullable MessageConsumer<Object> listener;

  /**
   * How members are watched.
   *
   * @param interval between the announcements of a node
   * @param expiry a node that was silent for so long is not there; several intervals
   * @param missed how long a node that is not there is missed; zero for never
   * @param file remembers whom to miss; null where this node keeps no data
   */
  public record Watch(Duration interval, Duration expiry, Duration missed, @Nullable Path file) {
    /** Of nodes that leave nothing behind. */
    public static Watch of(Duration interval, Duration expiry) {
      return new Watch(interval, expiry, Duration.ZERO, null);
    }
  }

  private ClusterMembership(Vertx vertx, Bus bus, Clock clock, String address, Watch watch) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.bus = bus;
    this.clock = clock;
    this.address = address;
    this.roster = new Roster(watch.expiry());
    this.census = new Census(watch.missed());
    this.keeper = new CensusKeeper(vertx, watch.file());
  }

  /** Begins to listen for storage nodes and calls for announcements. */
  public static Future<ClusterMembership> join(Vertx vertx, Bus bus, Clock clock, Watch watch) {
    return join(vertx, bus, clock, Addresses.membership(), watch);
  }

  /**
   * The same for nodes that announce themselves elsewhere.
   *
   * @param address on the bus
   */
  static Future<ClusterMembership> join(
      Vertx vertx, Bus bus, Clock clock, String address, Watch watch) {
    ClusterMembership membership = new ClusterMembership(vertx, bus, clock, address, watch);
    return remembered(vertx, watch.file())
        .compose(known ->
            Future.future(promise ->
                membership.context.runOnContext(
                    ignored -> membership.listen(known, watch.interval()).onComplete(promise))));
  }

  private static Future<List<KnownNode>> remembered(Vertx vertx, @Nullable Path file) {
    return file == null
        ? Future.succeededFuture(List.of())
        : vertx.executeBlocking(() -> new CensusFile(file).read());
  }

  private Future<ClusterMembership> listen(List<KnownNode> known, Duration interval) {
    census.merge(known, clock.millis());
    timer = vertx.setPeriodic(interval.toMillis(), ignored -> beat());
    return bus.listener(address, Object.class, this::hear)
        .map(consumer -> {
          listener = consumer;
          bus.publish(address, new StorageCall());
          return this;
        });
  }

  private void beat() {
    publishSelf();
    refresh();
  }

  private void hear(Object message) {
    switch (message) {
      case StorageAnnouncement leaving when leaving.isLeaving() -> roster.left(leaving.nodeId());
      case StorageAnnouncement heard ->
          roster.heard(new StorageNode(heard.nodeId(), heard.shards()), System.nanoTime());
      case KnownNodes others -> census.merge(others.nodes(), clock.millis());
      default -> publishSelf();
    }
    refresh();
  }

  private void publishSelf() {
    if (self != null) {
      bus.publish(address, new KnownNodes(census.all(clock.millis())));
      bus.publish(address, new StorageAnnouncement(self.id(), self.shards()));
    }
  }

  private void refresh() {
    long now = clock.millis();
    List<StorageNode> present = roster.present(System.nanoTime());
    Set<String> ids = new HashSet<>();
    for (StorageNode node : present) {
      ids.add(node.id());
      census.heard(node.id(), now);
    }
    View next = new View(present, census.missing(ids, now));
    if (!left) {
      tell(view.missing(), next.missing());
    }
    view = next;
    keeper.keep(census.all(now));
  }

  private static void tell(List<KnownNode> before, List<KnownNode> now) {
    Set<String> missed = new HashSet<>();
    before.forEach(node -> missed.add(node.id()));
    for (KnownNode node : now) {
      if (!missed.remove(node.id())) {
        LOG.warn(
            "Storage node {} is missing since {}: answers lack what it holds. Start it again on its"
                + " data directory, or have it forgotten if it is gone for good",
            node.id(),
            Instant.ofEpochMilli(node.heard()));
      }
    }
    missed.forEach(id -> LOG.info("Storage node {} is not missing any more", id));
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public void announce(StorageNode node) {
    context.runOnContext(ignored -> {
      self = node;
      left = false;
      roster.heard(node, System.nanoTime());
      refresh();
      beat();
    });
  }

  @Override
  public void withdraw() {
    context.runOnContext(ignored -> leave());
  }

  private void leave() {
    if (self != null) {
      bus.publish(address, new StorageAnnouncement(self.id(), 0));
      roster.left(self.id());
      self = null;
      // That it misses itself from now on is nobody's news.
      left = true;
      refresh();
    }
  }

  @Override
  public void forget(String nodeId) {
    context.runOnContext(ignored -> {
      census.forget(nodeId, clock.millis());
      bus.publish(address, new KnownNodes(census.all(clock.millis())));
      refresh();
    });
  }

  /** Withdraws and no longer listens. */
  public Future<Void> close() {
    return Future.future(promise ->
        context.runOnContext(ignored -> {
          leave();
          vertx.cancelTimer(timer);
          (listener == null ? Future.<Void>succeededFuture() : listener.unregister())
              .onComplete(promise);
        }));
  }
}
