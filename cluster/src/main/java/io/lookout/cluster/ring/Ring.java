package io.lookout.cluster.ring;

import com.dynatrace.hash4j.hashing.Hashing;
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

  /** The ring of these nodes, in any order; without nodes it owns nothing. */
  public static Ring of(List<StorageNode> nodes) {
    if (nodes.isEmpty()) {
      return new Ring(new Owner[0]);
    }
    long[] nodeHashes =
        nodes.stream().mapToLong(node -> Hashing.xxh3_64().hashCharsToLong(node.id())).toArray();
    Owner[] owners = new Owner[PARTITIONS];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      owners[partition] = owner(partition, nodes, nodeHashes);
    }
    return new Ring(owners);
  }

  private static Owner owner(int partition, List<StorageNode> nodes, long[] nodeHashes) {
    StorageNode best = nodes.get(0);
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < nodeHashes.length; i++) {
      double score = score(nodeHashes[i], partition, nodes.get(i).shards());
      if (score > bestScore) {
        bestScore = score;
        best = nodes.get(i);
      }
    }
    return new Owner(best.id(), partition % best.shards());
  }

  /**
   * The score of weighted rendezvous hashing, −weight / ln(u) with u uniform in (0, 1): a node of
   * twice the shards gets twice the partitions. {@link StrictMath}, because every node must come to
   * the same result.
   */
  private static double score(long nodeHash, int partition, int weight) {
    long hash = Hashing.xxh3_64().hashLongLongToLong(nodeHash, partition);
    double uniform = ((hash >>> 11) + 0.5) * 0x1p-53;
    return -weight / StrictMath.log(uniform);
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
