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

  List<String> ids() {
    return membership.storageNodes().stream().map(StorageNode::id).toList();
  }

  /** The answers of all nodes, or the first failure. */
  <R> Future<List<R>> ask(Function<String, Future<R>> request) {
    return ask(ids(), request);
  }

  static <R> Future<List<R>> ask(List<String> nodes, Function<String, Future<R>> request) {
    if (nodes.isEmpty()) {
      return Future.failedFuture(
          new LookoutException(ErrorCode.UNAVAILABLE, "no storage node is known"));
    }
    List<Future<R>> answers = nodes.stream().map(request).toList();
    return Future.all(answers).map(all -> answers.stream().map(Future::result).toList());
  }
}
