package io.lookout.cluster.ring;

import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.model.Fingerprint;
import java.util.List;

/**
 * Which shard owns a series: fingerprint → partition → owner. A value, made anew when membership
 * changes. Partitions are given to nodes by rendezvous hashing, so that a node that comes or goes
 * moves only its own share.
 */
public final class Ring {
  /**
   * Enough for an even spread over some hundred shards; fixed, because it decides where series are.
   */
  public static final int PARTITIONS = 1024;

  private final Owner[] owners;

  /** A shard of a node. */
  public record Owner(String nodeId, int shard) {}

  private Ring(Owner[] owners) {
    this.owners = owners;
  }

  /** The ring of these nodes; without nodes it owns nothing. */
  public static Ring of(List<StorageNode> nodes) {
    if (nodes.isEmpty()) {
      return new Ring(new Owner[0]);
    }
    Owner[] owners = new Owner[PARTITIONS];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      owners[partition] = owner(partition, nodes);
    }
    return new Ring(owners);
  }

  private static Owner owner(int partition, List<StorageNode> nodes) {
    StorageNode best = nodes.get(0);
    long bestWeight = Long.MIN_VALUE;
    for (StorageNode node : nodes) {
      long weight = mix(node.id().hashCode() * 0x9E3779B97F4A7C15L + partition);
      if (weight > bestWeight) {
        bestWeight = weight;
        best = node;
      }
    }
    return new Owner(best.id(), partition % best.shards());
  }

  /** The finaliser of MurmurHash3. */
  private static long mix(long x) {
    long h = (x ^ (x >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }

  public boolean isEmpty() {
    return owners.length == 0;
  }

  public static int partition(Fingerprint fingerprint) {
    return (int) (fingerprint.high() >>> 54);
  }

  public Owner owner(Fingerprint fingerprint) {
    return owners[partition(fingerprint)];
  }
}
