package io.lookout.cluster.ring;

import java.util.List;

/**
 * The storage nodes as this node sees them. Thread-safe; the answer changes as members come and go.
 */
public interface Membership {
  /** Sorted by node id. Empty where no storage node is known. */
  List<StorageNode> storageNodes();

  /** Announces that this node runs so many shards, and takes it back when it stops. */
  void announce(StorageNode self);

  void withdraw();

  /** A node that owns series. */
  record StorageNode(String id, int shards) {
    public StorageNode {
      if (shards < 1) {
        throw new IllegalArgumentException("storage node " + id + " of " + shards + " shards");
      }
    }
  }
}
