package io.lookout.cluster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.cluster.Results;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.ClusterMembership.Watch;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MembershipTest {
  private static final StorageNode A = new StorageNode("a", 2);
  private static final StorageNode B = new StorageNode("b", 1);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.open(vertx);

  @AfterEach
  void close() {
    Results.of(vertx.close());
  }

  private ClusterMembership join(Duration interval, Duration expiry) {
    return join(Watch.of(interval, expiry));
  }

  private ClusterMembership join(Watch watch) {
    return Results.of(ClusterMembership.join(vertx, bus, Clock.systemUTC(), watch));
  }

  private ClusterMembership join() {
    return join(Duration.ofMillis(20), Duration.ofMinutes(1));
  }

  @Test
  void aLocalNodeKnowsItself() {
    LocalMembership membership = new LocalMembership();
    assertThat(membership.storageNodes()).isEmpty();
    membership.announce(A);
    assertThat(membership.storageNodes()).containsExactly(A);
    membership.withdraw();
    assertThat(membership.storageNodes()).isEmpty();
  }

  @Test
  void nodesLearnOfEachOther() {
    ClusterMembership one = join();
    ClusterMembership two = join();
    ClusterMembership reader = join();
    two.announce(B);
    one.announce(A);
    for (ClusterMembership membership : new ClusterMembership[] {one, two, reader}) {
      await().until(() -> membership.storageNodes().equals(List.of(A, B)));
    }
    two.withdraw();
    await().until(() -> reader.storageNodes().equals(List.of(A)));
  }

  @Test
  void whoComesLaterIsToldAtOnce() {
    ClusterMembership storage = join(Duration.ofHours(1), Duration.ofHours(3));
    storage.announce(A);
    await().until(() -> !storage.storageNodes().isEmpty());
    ClusterMembership late = join(Duration.ofHours(1), Duration.ofHours(3));
    await().until(() -> late.storageNodes().equals(List.of(A)));
  }

  @Test
  void whoFallsSilentIsGone() {
    ClusterMembership reader = join(Duration.ofMillis(20), Duration.ofSeconds(3));
    ClusterMembership silent = join(Duration.ofHours(1), Duration.ofHours(3));
    silent.announce(A);
    await().until(() -> !reader.storageNodes().isEmpty());
    await().until(() -> reader.storageNodes().isEmpty());
  }
}
