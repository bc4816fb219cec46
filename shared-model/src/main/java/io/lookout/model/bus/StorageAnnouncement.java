package io.lookout.model.bus;

/**
 * A storage node tells the others that it is there; it repeats itself, and who falls silent is
 * gone.
 *
 * @param shards how many it runs; 0 when it leaves
 */
public record StorageAnnouncement(String nodeId, int shards) {
  public StorageAnnouncement {
    if (nodeId.isEmpty() || shards < 0) {
      throw new IllegalArgumentException("node '" + nodeId + "' with " + shards + " shards");
    }
  }

  public boolean isLeaving() {
    return shards == 0;
  }
}
