package io.lookout.query.select;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.Membership;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Has all storage nodes do what an operator asks for. */
public final class AdminClient {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Bus bus;
  private final StorageNodes nodes;

  public AdminClient(Bus bus, Membership membership) {
    this.bus = bus;
    this.nodes = new StorageNodes(membership);
  }

  /**
   * Completes when all nodes have done it. One that is missing would come back without having done
   * it: then nothing is begun.
   *
   * @return samples deleted; fails with {@link LookoutException} where any node fails
   */
  public Future<Long> ask(AdminRequest request) {
    return nodes
        .ask(
            Gaps.refused(),
            node -> bus.request(Addresses.admin(node), request, AdminResult.class, PATIENCE))
        .map(AdminClient::total);
  }

  /** Of nodes with one store, one does it: while they do not agree which, nobody has. */
  private static long total(List<AdminResult> results) {
    if (!results.isEmpty() && results.stream().allMatch(AdminResult::isLeftToAnother)) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE,
          "the storage nodes do not agree yet which of them does it: ask again in a while");
    }
    return results.stream()
        .filter(result -> !result.isLeftToAnother())
        .mapToLong(AdminResult::samples)
        .sum();
  }
}
