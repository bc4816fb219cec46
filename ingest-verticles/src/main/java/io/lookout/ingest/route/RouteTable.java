package io.lookout.ingest.route;

import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.ring.Ring;
import io.lookout.model.Fingerprint;
import io.lookout.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A ring with its owners numbered, so that a batch is split by array look-ups: fingerprint →
 * partition → number of the owner. A value; made anew when membership changes.
 */
public final class RouteTable {
  private final List<StorageNode> nodes;
  private final List<Ring.Owner> owners;
  private final int[] ownerOfPartition;

  private RouteTable(List<StorageNode> nodes, List<Ring.Owner> owners, int[] ownerOfPartition) {
    this.nodes = nodes;
    this.owners = owners;
    this.ownerOfPartition = ownerOfPartition;
  }

  public static RouteTable of(List<StorageNode> nodes) {
    List<Ring.Owner> owners = new ArrayList<>();
    if (nodes.isEmpty()) {
      return new RouteTable(nodes, owners, new int[0]);
    }
    Ring ring = Ring.of(nodes);
    Map<Ring.Owner, Integer> numbers = new HashMap<>();
    int[] ownerOfPartition = new int[Ring.PARTITIONS];
    for (int partition = 0; partition < Ring.PARTITIONS; partition++) {
      Ring.Owner owner = ring.owner(firstOf(partition));
      Integer number = numbers.get(owner);
      if (number == null) {
        number = owners.size();
        numbers.put(owner, number);
        owners.add(owner);
      }
      ownerOfPartition[partition] = number;
    }
    return new RouteTable(nodes, owners, ownerOfPartition);
  }

  /** A fingerprint that lies in this partition. */
  private static Fingerprint firstOf(int partition) {
    return new Fingerprint((long) partition << 54, 0);
  }

  boolean isOf(List<StorageNode> others) {
    return nodes.equals(others);
  }

  boolean isEmpty() {
    return owners.isEmpty();
  }

  List<Ring.Owner> owners() {
    return owners;
  }

  int ownerNumber(SeriesKey series) {
    return ownerOfPartition[Ring.partition(series.fingerprint())];
  }
}
