package io.lookout.query.select;

import io.lookout.cluster.ring.Membership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Every storage node is asked, since any may hold a part; one that fails fails the whole. */
final class StorageNodes {
  private final Membership membership;

  StorageNodes(Membership membership) {
    this.membership = membership;
  }

  /** The answers of all nodes, or the first failure. */
  <R> Future<List<R>> ask(Function<String, Future<R>> request) {
    List<StorageNode> nodes = membership.storageNodes();
    if (nodes.isEmpty()) {
      return Future.failedFuture(
          new LookoutException(ErrorCode.UNAVAILABLE, "no storage node is known"));
    }
    List<Future<R>> answers = nodes.stream().map(node -> request.apply(node.id())).toList();
    return Future.all(answers).map(all -> answers.stream().map(Future::result).toList());
  }
}
