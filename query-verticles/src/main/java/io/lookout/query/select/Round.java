package io.lookout.query.select;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SharedRead;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Asks each storage node once.
 *
 * @param nodes their names
 * @param parts who of them reads the blocks of a store that they share, in the same order
 * @param gaps whether one may fail
 */
record Round(List<String> nodes, List<SharedRead> parts, Gaps gaps) {
  /** Each node reads for itself. */
  static Round ofEach(List<String> nodes, Gaps gaps) {
    return new Round(nodes, nodes.stream().map(node -> SharedRead.EACH).toList(), gaps);
  }

  /**
   * The answers of all nodes, without those that may lack; the first failure otherwise.
   *
   * @param request what a node is asked, given its name and its part
   */
  <R> Future<List<R>> ask(BiFunction<String, SharedRead, Future<R>> request) {
    if (nodes.isEmpty()) {
      return Future.failedFuture(
          new LookoutException(ErrorCode.UNAVAILABLE, "no storage node is known"));
    }
    List<Future<Optional<R>>> answers = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      String node = nodes.get(i);
      answers.add(
          request
              .apply(node, parts.get(i))
              .map(Optional::of)
              .recover(failure ->
                  gaps.accept(node, failure)
                      ? Future.succeededFuture(Optional.empty())
                      : Future.failedFuture(failure)));
    }
    return Future.all(answers).map(all -> present(answers));
  }

  private static <R> List<R> present(List<Future<Optional<R>>> answers) {
    List<R> present = answers.stream().flatMap(each -> each.result().stream()).toList();
    if (present.isEmpty()) {
      throw new LookoutException(ErrorCode.UNAVAILABLE, "no storage node has answered");
    }
    return present;
  }
}
