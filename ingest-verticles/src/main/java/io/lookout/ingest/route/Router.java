package io.lookout.ingest.route;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.Membership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.ring.Ring;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.PartialWriteException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a batch to the shards that own its series, and gathers their answers. Thread-safe; answers
 * arrive on the context of the caller.
 */
public final class Router implements Destination {
  private final Bus bus;
  private final Membership membership;
  private final InFlight inFlight;
  private final Duration timeout;
  private volatile RouteTable table = RouteTable.of(List.of());

  public Router(Bus bus, Membership membership, InFlight inFlight, Duration timeout) {
    this.bus = bus;
    this.membership = membership;
    this.inFlight = inFlight;
    this.timeout = timeout;
  }

  /**
   * Completes when all of the batch is durable, or its shards have said why not.
   *
   * @return fails with {@code UNAVAILABLE} where there is no storage node or too much is in flight,
   *     and with the failure of the first shard that fails, as {@link PartialWriteException} where
   *     there are several; sending everything again does no harm
   */
  @Override
  public Future<WriteResult> write(WriteBatch batch) {
    RouteTable now = table();
    if (now.isEmpty()) {
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.UNAVAILABLE, "no storage node is known: samples have nowhere to go"));
    }
    long bytes = batch.estimatedBytes();
    try {
      inFlight.acquire(bytes);
    } catch (LookoutException e) {
      return Future.failedFuture(e);
    }
    return send(Split.of(batch, now), now).onComplete(done -> inFlight.release(bytes));
  }

  private RouteTable table() {
    List<StorageNode> nodes = membership.storageNodes();
    RouteTable known = table;
    if (!known.isOf(nodes)) {
      known = RouteTable.of(nodes);
      table = known;
    }
    return known;
  }

  private Future<WriteResult> send(List<Split.Part> parts, RouteTable to) {
    List<Future<WriteResult>> answers = new ArrayList<>(parts.size());
    for (Split.Part part : parts) {
      answers.add(send(part.batch(), to.owners().get(part.owner())));
    }
    return Joined.of(answers);
  }

  private Future<WriteResult> send(WriteBatch batch, Ring.Owner owner) {
    String address = Addresses.write(owner.nodeId(), owner.shard());
    return bus.request(address, batch, WriteResult.class, timeout);
  }
}
