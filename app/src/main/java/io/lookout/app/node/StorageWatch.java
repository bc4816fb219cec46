package io.lookout.app.node;

import io.lookout.cluster.Readiness;
import io.lookout.cluster.ring.Membership;
import io.vertx.core.Vertx;

/** A node is not ready before it knows a storage node: it could neither write nor read. */
record StorageWatch(Vertx vertx, Membership membership, Readiness readiness) {
  private static final String STORAGE_NODE = "a storage node to announce itself";
  private static final long CHECK_MILLIS = 50;

  void begin() {
    if (membership.storageNodes().isEmpty()) {
      readiness.waitFor(STORAGE_NODE);
      vertx.setPeriodic(CHECK_MILLIS, this::check);
    }
  }

  private void check(long timer) {
    if (!membership.storageNodes().isEmpty()) {
      vertx.cancelTimer(timer);
      readiness.ready(STORAGE_NODE);
    }
  }
}
