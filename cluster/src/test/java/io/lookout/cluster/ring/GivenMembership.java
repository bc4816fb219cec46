package io.lookout.cluster.ring;

import io.lookout.model.bus.KnownNode;
import java.util.List;

/** Storage nodes that a test has made up; nobody joins or leaves but by the test. */
public final class GivenMembership implements Membership {
  private volatile View view = View.EMPTY;

  /** From now on these are there, and nobody is missing. */
  public GivenMembership present(StorageNode... nodes) {
    view = new View(List.of(nodes), List.of());
    return this;
  }

  /** From now on these should be there, too, and are not. */
  public void missing(KnownNode... nodes) {
    view = new View(view.present(), List.of(nodes));
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public void announce(StorageNode self) {}

  @Override
  public void withdraw() {}

  @Override
  public void forget(String nodeId) {}
}
