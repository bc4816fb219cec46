package io.lookout.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What the node still waits for before {@code /-/ready} says yes; and that it is going away.
 * Thread-safe.
 */
public final class Readiness {
  private final Set<String> waitingFor = new ConcurrentSkipListSet<>();

  /** Not ready until {@link #ready} is called with the same words. */
  public void waitFor(String what) {
    waitingFor.add(what);
  }

  public void ready(String what) {
    waitingFor.remove(what);
  }

  public boolean isReady() {
    return waitingFor.isEmpty();
  }

  /** For the answer's text. */
  public Collection<String> waitingFor() {
    return List.copyOf(waitingFor);
  }
}
