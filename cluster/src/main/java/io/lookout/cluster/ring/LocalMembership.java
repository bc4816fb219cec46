package io.lookout.cluster.ring;

import java.util.List;

/** The membership of a node that is alone: itself, once it has announced itself. */
public final class LocalMembership implements Membership {
  private volatile View view = View.EMPTY;

  @Override
  public View view() {
    return view;
  }

  @Override
  public void announce(StorageNode self) {
    view = new View(List.of(self), List.of());
  }

  @Override
  public void withdraw() {
    view = View.EMPTY;
  }

  /** There is none that could be missing. */
  @Override
  public void forget(String nodeId) {}
}
