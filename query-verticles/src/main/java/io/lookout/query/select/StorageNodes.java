package io.lookout.query.select;

import io.lookout.cluster.ring.Membership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.ring.Membership.View;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SharedRead;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every storage node is asked, since any may hold a part. One that fails, or is not there, fails
 * the whole or is told as a gap.
 */
final class StorageNodes {
  private final Membership membership;

  StorageNodes(Membership membership) {
    this.membership = membership;
  }

  /** The answers of all nodes, or the first failure. */
  <R> Future<List<R>> ask(Gaps gaps, Function<String, Future<R>> request) {
    return Future.succeededFuture()
        .compose(
            start -> Round.ofEach(nodes(gaps), gaps).ask((node, shared) -> request.apply(node)));
  }

  /**
   * The same where one node reads the blocks of a store that nodes share. If they cannot answer so,
   * all are asked once more, each to read for itself: a node knows for which times it can answer
   * without the store.
   *
   * @param subject what is asked for: the same is read by the same node
   * @param patience for an answer
   * @param question asks in a round; is called once or twice, and begins anew each time
   */
  <T> Future<T> askSharing(
      Gaps gaps, int subject, Duration patience, Function<Round, Future<T>> question) {
    return Future.succeededFuture()
        .compose(start -> {
          List<String> nodes = nodes(gaps);
          return nodes.size() < 2
              ? question.apply(Round.ofEach(nodes, gaps))
              : question
                  .apply(sharing(nodes, subject, patience))
                  .recover(failure -> again(failure, gaps, question));
        });
  }

  private <T> Future<T> again(Throwable failure, Gaps gaps, Function<Round, Future<T>> question) {
    return failure instanceof LookoutException known && known.code() == ErrorCode.UNAVAILABLE
        ? question.apply(Round.ofEach(nodes(gaps), gaps))
        : Future.failedFuture(failure);
  }

  private static Round sharing(List<String> nodes, int subject, Duration patience) {
    int reader = Math.floorMod(subject, nodes.size());
    SharedRead elsewhere = SharedRead.elsewhere(patience.toMillis() + 1);
    List<SharedRead> parts = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      parts.add(i == reader ? SharedRead.HERE : elsewhere);
    }
    return new Round(nodes, parts, Gaps.refused());
  }

  /** The node that has everything; null where there are more, or one is missing. */
  @Nullable String only() {
    View view = membership.view();
    return view.present().size() == 1 && view.missing().isEmpty()
        ? view.present().getFirst().id()
        : null;
  }

  /** Those that are there; throws where one is missing that may not. */
  private List<String> nodes(Gaps gaps) {
    View view = membership.view();
    view.missing().forEach(gaps::missing);
    return view.present().stream().map(StorageNode::id).toList();
  }
}
