package io.lookout.cluster.ring;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.model.bus.StorageAnnouncement;
import io.lookout.model.bus.StorageCall;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Membership by announcements on the event bus: every storage node repeats that it is there, and
 * one that was not heard for the expiry is taken as dead. A node that comes calls for
 * announcements, so that it need not wait for the next round.
 *
 * <p>All changes happen on one event loop; readers see the last published list.
 */
public final class ClusterMembership implements Membership {
  private final Vertx vertx;
  private final Context context;
  private final Bus bus;
  private final String address;
  private final Roster roster;
  private volatile List<StorageNode> nodes = List.of();
  private @Nullable StorageNode self;
  private long timer = -1;
  private @Nullable MessageConsumer<Object> listener;

  private ClusterMembership(Vertx vertx, Bus bus, String address, Duration expiry) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.bus = bus;
    this.address = address;
    this.roster = new Roster(expiry);
  }

  /**
   * Begins to listen and calls for announcements.
   *
   * @param interval between the announcements of a node
   * @param expiry a node that was silent for so long is gone; several intervals
   */
  public static Future<ClusterMembership> join(
      Vertx vertx, Bus bus, Duration interval, Duration expiry) {
    return join(vertx, bus, Addresses.membership(), interval, expiry);
  }

  /**
   * The same for nodes that announce themselves elsewhere.
   *
   * @param address on the bus
   */
  public static Future<ClusterMembership> join(
      Vertx vertx, Bus bus, String address, Duration interval, Duration expiry) {
    ClusterMembership membership = new ClusterMembership(vertx, bus, address, expiry);
    return Future.future(promise ->
        membership.context.runOnContext(
            ignored -> membership.listen(interval).onComplete(promise)));
  }

  private Future<ClusterMembership> listen(Duration interval) {
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
      default -> publishSelf();
    }
    refresh();
  }

  private void publishSelf() {
    if (self != null) {
      bus.publish(address, new StorageAnnouncement(self.id(), self.shards()));
    }
  }

  private void refresh() {
    nodes = roster.present(System.nanoTime());
  }

  @Override
  public List<StorageNode> storageNodes() {
    return nodes;
  }

  @Override
  public void announce(StorageNode node) {
    context.runOnContext(ignored -> {
      self = node;
      roster.heard(node, System.nanoTime());
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
      refresh();
    }
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
