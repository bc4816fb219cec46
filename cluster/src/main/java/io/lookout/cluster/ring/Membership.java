package io.lookout.cluster.ring;

import io.lookout.model.bus.KnownNode;
import java.util.List;

/**
 * The storage nodes as this node sees them. Thread-safe; the answer changes as members come and go.
 */
public interface Membership {
  /** Who is there and who should be, of one moment. */
  View view();

  /** Those that are there, sorted by node id. Empty where no storage node is known. */
  default List<StorageNode> storageNodes() {
    return view().present();
  }

  /** Announces that this node runs so many shards, and takes it back when it stops. */
  void announce(StorageNode self);

  void withdraw();

  /** No longer misses a node that is not there. All nodes learn of it. */
  void forget(String nodeId);

  /** A node that owns series. */
  record StorageNode(String id, int shards) {
    public StorageNode {
      if (shards < 1) {
        throw new IllegalArgumentException("storage node " + id + " of " + shards + " shards");
      }
    }
  }

  /**
   * What the cluster looks like.
   *
   * @param present sorted by id
   * @param missing those that hold samples and are not there, sorted by id
   */
  record View(List<StorageNode> present, List<KnownNode> missing) {
    public static final View EMPTY = new View(List.of(), List.of());

    public View {
      present = List.copyOf(present);
      missing = List.copyOf(missing);
    }
  }
}
