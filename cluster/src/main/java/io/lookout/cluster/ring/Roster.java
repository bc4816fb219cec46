package io.lookout.cluster.ring;

import io.lookout.cluster.ring.Membership.StorageNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who was heard when. A node that is not heard for longer than the expiry is gone. Times are of a
 * clock that never steps back; not thread-safe.
 */
final class Roster {
  private record Entry(StorageNode node, long heardNanos) {}

  private final long expiryNanos;
  private final Map<String, Entry> entries = new TreeMap<>();

  Roster(Duration expiry) {
    expiryNanos = expiry.toNanos();
  }

  void heard(StorageNode node, long nowNanos) {
    entries.put(node.id(), new Entry(node, nowNanos));
  }

  void left(String nodeId) {
    entries.remove(nodeId);
  }

  /** Forgets the silent; the rest sorted by id. */
  List<StorageNode> present(long nowNanos) {
    entries.values().removeIf(entry -> nowNanos - entry.heardNanos > expiryNanos);
    return entries.values().stream().map(Entry::node).toList();
  }
}
