package io.lookout.ingest.replica;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that share a map. */
class ElectionsTest {
  private static final Pair PAIR = new Pair("t", "eu");
  private static final ReplicaSettings SETTINGS =
      new ReplicaSettings(
          true,
          "cluster",
          "__replica__",
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          2,
          Duration.ofMinutes(30));

  private final Vertx vertx = Vertx.vertx();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final List<Elections> nodes = new ArrayList<>();

  @BeforeEach
  void open() {
    AsyncMap<String, String> shared =
        await(vertx.sharedData().<String, String>getAsyncMap("replicas"));
    nodes.add(new Elections(shared, clock, SETTINGS));
    nodes.add(new Elections(shared, clock, SETTINGS));
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, SECONDS).join();
  }

  private boolean hears(int node, String replica) {
    return await(nodes.get(node).isElected(PAIR, replica));
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void electsTheFirstForAllNodes() {
    assertThat(hears(0, "a")).isTrue();
    assertThat(hears(0, "b")).isFalse();
    assertThat(hears(1, "b")).isFalse();
    assertThat(hears(1, "a")).isTrue();
  }

  @Test
  void electsAnotherWhenTheElectedIsSilent() {
    hears(0, "a");
    pass(29);
    assertThat(hears(0, "b")).isFalse();
    pass(1);
    assertThat(hears(0, "b")).isTrue();
    assertThat(hears(0, "a")).isFalse();
    // A node that was not there when it happened.
    assertThat(hears(1, "a")).isFalse();
    assertThat(hears(1, "b")).isTrue();
  }

  @Test
  void whatOneNodeHearsKeepsTheSeatOnTheOther() {
    hears(0, "a");
    assertThat(hears(1, "b")).isFalse();
    for (int i = 0; i < 10; i++) {
      pass(16);
      assertThat(hears(0, "a")).isTrue();
      assertThat(hears(1, "b")).isFalse();
    }
  }

  @Test
  void theElectedGoesOnAfterASilenceThatNobodyHasUsed() {
    hears(0, "a");
    pass(3600);
    assertThat(hears(0, "a")).isTrue();
    assertThat(hears(1, "b")).isFalse();
  }

  @Test
  void onlyOneOfTwoNodesTakesASilentSeat() {
    hears(0, "a");
    assertThat(hears(1, "a")).isTrue();
    pass(60);
    Future<Boolean> b = nodes.get(0).isElected(PAIR, "b");
    Future<Boolean> c = nodes.get(1).isElected(PAIR, "c");
    assertThat(await(b) ^ await(c)).isTrue();
  }

  @Test
  void boundsAndForgetsPairs() {
    hears(0, "a");
    await(nodes.get(0).isElected(new Pair("t", "us"), "a"));
    assertThat(hears(0, "a")).isTrue();
    assertThatThrownBy(() -> await(nodes.get(0).isElected(new Pair("t", "asia"), "a")))
        .hasMessageContaining("more clusters of replicas than ingest.ha.clusters allows (2)")
        .hasMessageContaining("cluster \"asia\"");
    assertThat(await(nodes.get(0).isElected(new Pair("u", "asia"), "a"))).isTrue();

    pass(1801);
    nodes.get(0).forgetIdle();
    assertThat(nodes.get(0).pairs()).isZero();
    assertThat(await(nodes.get(0).isElected(new Pair("t", "asia"), "a"))).isTrue();
  }

  @Test
  void pairsThatComeAllAtOnceAreBoundedToo() {
    List<Future<Boolean>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(nodes.get(0).isElected(new Pair("t", "c" + i), "a"));
    }
    await(Future.join(asked).otherwiseEmpty());

    assertThat(asked).filteredOn(Future::succeeded).hasSize(2);
    assertThat(nodes.get(0).pairs()).isEqualTo(2);
    // Whoever was turned away does not stand in the way of others.
    pass(1801);
    nodes.get(0).forgetIdle();
    assertThat(await(nodes.get(0).isElected(new Pair("t", "c19"), "a"))).isTrue();
  }

  @Test
  void seatsAreWrittenAndRead() {
    Seat seat = new Seat("replica 1", 1_767_323_045_000L);
    assertThat(seat.text()).isEqualTo("1767323045000 replica 1");
    assertThat(Seat.parse(seat.text())).isEqualTo(seat);
  }
}
