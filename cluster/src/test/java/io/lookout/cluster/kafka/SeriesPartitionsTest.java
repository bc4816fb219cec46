package io.lookout.cluster.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.ring.Ring;
import io.lookout.model.Fingerprint;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesPartitionsTest {
  /** So that a node that goes from the one way to the other finds its series where they were. */
  @Test
  void whereTheCountsDivideASeriesHasTheShardOfTheDirectWay() {
    SplittableRandom random = new SplittableRandom(3);
    for (int shards : new int[] {1, 2, 4, 8, 16}) {
      Ring ring = Ring.of(List.of(new StorageNode("a", shards)));
      for (int i = 0; i < 1000; i++) {
        Fingerprint series = new Fingerprint(random.nextLong(), random.nextLong());
        int partition = SeriesPartitions.partition(series, 16);
        assertThat(SeriesPartitions.shard(partition, shards)).isEqualTo(ring.owner(series).shard());
      }
    }
  }
}
