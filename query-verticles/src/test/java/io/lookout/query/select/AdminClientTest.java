package io.lookout.query.select;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.LocalMembership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminRequest.Action;
import io.lookout.model.bus.AdminResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminClientTest {
  private static final AdminRequest DELETE =
      new AdminRequest(Action.DELETE, "t", "", List.of(), 0, 1);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.open(vertx);
  private final LocalMembership membership = new LocalMembership();
  private final AdminClient client = new AdminClient(bus, membership);

  @AfterEach
  void close() {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  private void storageNodeThatAnswers(AdminResult result) {
    membership.announce(new StorageNode("n1", 1));
    done(
        bus.consumer(
            Addresses.admin("n1"), AdminRequest.class, request -> Future.succeededFuture(result)));
  }

  @Test
  void whatWasDeletedIsTold() {
    storageNodeThatAnswers(new AdminResult(7));

    assertThat(done(client.ask(DELETE))).isEqualTo(7);
  }

  /** As between the end of the node that did it for all and the next one's learning of that. */
  @Test
  void aDeletionThatEachNodeLeavesToAnotherFails() {
    storageNodeThatAnswers(AdminResult.LEFT_TO_ANOTHER);

    assertThatThrownBy(() -> done(client.ask(DELETE)))
        .hasCauseInstanceOf(LookoutException.class)
        .hasMessageContaining("do not agree yet");
  }
}
