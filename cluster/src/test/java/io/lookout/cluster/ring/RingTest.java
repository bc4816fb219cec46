package io.lookout.cluster.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.ring.Ring.Owner;
import io.lookout.model.Fingerprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {
  private static List<StorageNode> nodes(int count, int shards) {
    return new ArrayList<>(
        IntStream.range(0, count).mapToObj(i -> new StorageNode("storage-" + i, shards)).toList());
  }

  private static Fingerprint inPartition(int partition) {
    return new Fingerprint((long) partition << 54, 17);
  }

  private static Map<String, Integer> partitionsOfNodes(Ring ring) {
    Map<String, Integer> counts = new HashMap<>();
    for (int partition = 0; partition < Ring.PARTITIONS; partition++) {
      counts.merge(ring.owner(inPartition(partition)).nodeId(), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void withoutNodesItIsEmpty() {
    assertThat(Ring.of(List.of()).isEmpty()).isTrue();
  }

  @Test
  void oneNodeSplitsEvenlyAmongItsShards() {
    Ring ring = Ring.of(nodes(1, 2));
    Map<Owner, Integer> counts = new HashMap<>();
    for (int partition = 0; partition < Ring.PARTITIONS; partition++) {
      counts.merge(ring.owner(inPartition(partition)), 1, Integer::sum);
    }
    assertThat(counts.values()).containsExactly(512, 512);
  }

  @Test
  void nodesOfLikeSizeGetLikeShares() {
    for (int count = 2; count <= 12; count++) {
      double fair = (double) Ring.PARTITIONS / count;
      Map<String, Integer> counts = partitionsOfNodes(Ring.of(nodes(count, 4)));
      assertThat(counts).hasSize(count);
      assertThat(counts.values())
          .allSatisfy(share -> assertThat(Math.abs(share - fair)).isLessThan(5 * Math.sqrt(fair)));
    }
  }

  @Test
  void aNodeOfMoreShardsGetsMore() {
    List<StorageNode> nodes = List.of(new StorageNode("a", 2), new StorageNode("b", 6));
    assertThat(partitionsOfNodes(Ring.of(nodes)).get("b")).isBetween(700, 836);
  }

  @Test
  void aNodeThatComesTakesOnlyItsShareAndNothingElseMoves() {
    for (int count = 1; count <= 8; count++) {
      Ring before = Ring.of(nodes(count, 2));
      Ring after = Ring.of(nodes(count + 1, 2));
      for (int partition = 0; partition < Ring.PARTITIONS; partition++) {
        Owner now = after.owner(inPartition(partition));
        if (!now.nodeId().equals("storage-" + count)) {
          assertThat(now).isEqualTo(before.owner(inPartition(partition)));
        }
      }
    }
  }

  @Test
  void theOrderOfNodesDoesNotMatter() {
    List<StorageNode> nodes = nodes(7, 3);
    Ring ring = Ring.of(nodes);
    Collections.shuffle(nodes, new Random(5));
    Ring shuffled = Ring.of(nodes);
    for (int partition = 0; partition < Ring.PARTITIONS; partition++) {
      assertThat(shuffled.owner(inPartition(partition)))
          .isEqualTo(ring.owner(inPartition(partition)));
    }
  }

  @Test
  void placesStayWhereTheyAre() {
    Ring ring = Ring.of(nodes(3, 2));
    assertThat(IntStream.range(0, 8).mapToObj(i -> ring.owner(inPartition(i)).nodeId()))
        .as("a change here moves the data of every cluster")
        .containsExactly(
            "storage-0",
            "storage-0",
            "storage-1",
            "storage-1",
            "storage-0",
            "storage-2",
            "storage-2",
            "storage-2");
  }
}
