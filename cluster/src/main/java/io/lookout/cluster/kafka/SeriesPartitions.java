package io.lookout.cluster.kafka;

import io.lookout.cluster.ring.Ring;
import io.lookout.model.Fingerprint;

/**
 * Which partition of a topic a series belongs to: the partition of the {@link Ring}, modulo the
 * topic's count. A shard of a storage node that owns so many shards takes the partitions whose
 * number modulo that count is its own; so where the one count divides the other, a series is in the
 * shard in which the direct way has it.
 */
public final class SeriesPartitions {
  private SeriesPartitions() {}

  public static int partition(Fingerprint fingerprint, int partitions) {
    return Ring.partition(fingerprint) % partitions;
  }

  public static int shard(int partition, int shards) {
    return partition % shards;
  }
}
