package io.lookout.cluster.ring;

import java.util.List;

/** The membership of a node that is alone: itself, once it has announced itself. */
public final class LocalMembership implements Membership {
  private volatile List<StorageNode> nodes = List.of();

  @Override
  public List<StorageNode> storageNodes() {
    return nodes;
  }

  @Override
  public void announce(StorageNode self) {
    nodes = List.of(self);
  }

  @Override
  public void withdraw() {
    nodes = List.of();
  }
}
