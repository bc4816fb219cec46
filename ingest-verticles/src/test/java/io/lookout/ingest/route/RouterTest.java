package io.lookout.ingest.route;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.GivenMembership;
import io.lookout.cluster.ring.Membership;
import io.lookout.cluster.ring.Ring;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.PartialWriteException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final int SERIES = 500;

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.open(vertx);
  private final GivenMembership members = new GivenMembership();
  private final InFlight inFlight = new InFlight(100_000);
  private final Router router = new Router(bus, members, inFlight, Duration.ofSeconds(1));
  private final Map<Ring.Owner, WriteBatch> received = new ConcurrentHashMap<>();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  private static LookoutException failureOf(Future<?> future) throws Exception {
    try {
      future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
    } catch (ExecutionException e) {
      return (LookoutException) requireNonNull(e.getCause());
    }
    throw new AssertionError("it did not fail");
  }

  private void listen(String node, int shard) throws Exception {
    listen(
        node,
        shard,
        batch -> Future.succeededFuture(new WriteResult(batch.sampleCount(), List.of())));
  }

  private void listen(String node, int shard, Function<WriteBatch, Future<WriteResult>> answer)
      throws Exception {
    Function<WriteBatch, Future<WriteResult>> remember =
        batch -> {
          received.put(new Ring.Owner(node, shard), batch);
          return answer.apply(batch);
        };
    await(bus.consumer(Addresses.write(node, shard), WriteBatch.class, remember));
  }

  private static SeriesKey series(int i) {
    return SeriesKey.of("t", Labels.of("__name__", "m", "i", Integer.toString(i)));
  }

  private static WriteBatch batch() {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 16);
    for (int i = 0; i < SERIES; i++) {
      int index = batch.series(series(i));
      batch.sample(index, 1000 + i, i);
      batch.sample(index, 2000 + i, -i);
    }
    batch.startTime(77);
    batch.exemplar(SERIES - 1, new Exemplar(Labels.of("trace_id", "x"), 1, 2));
    batch.metadata(new MetricMetadata("m", "gauge", "", ""));
    return batch.build();
  }

  @Test
  void givesEveryOwnerItsSeriesAndNoOther() throws Exception {
    members.present(node("a", 2), node("b", 1));
    listen("a", 0);
    listen("a", 1);
    listen("b", 0);

    WriteResult result = await(router.write(batch()));

    assertThat(result.accepted()).isEqualTo(2 * SERIES);
    assertThat(received).hasSize(3);
    Ring ring = Ring.of(members.storageNodes());
    received.forEach((owner, part) -> assertThat(ownersIn(part, ring)).containsOnly(owner));
    assertThat(received.values().stream().mapToInt(WriteBatch::seriesCount).sum())
        .isEqualTo(SERIES);
    assertThat(received.values().stream().mapToInt(p -> p.metadata().size()).sum()).isOne();
    assertThat(inFlight.bytes()).isZero();
  }

  private static Membership.StorageNode node(String id, int shards) {
    return new Membership.StorageNode(id, shards);
  }

  private static List<Ring.Owner> ownersIn(WriteBatch part, Ring ring) {
    return Arrays.stream(part.series(), 0, part.seriesCount())
        .map(key -> ring.owner(key.fingerprint()))
        .distinct()
        .toList();
  }

  @Test
  void keepsWhatBelongsToASample() throws Exception {
    members.present(node("a", 2));
    listen("a", 0);
    listen("a", 1);
    await(router.write(batch()));

    int last = SERIES - 1;
    WriteBatch part =
        requireNonNull(
            received.get(Ring.of(members.storageNodes()).owner(series(last).fingerprint())));
    int sample = part.sampleCount() - 1;
    assertThat(part.series()[part.seriesOf()[sample]]).isEqualTo(series(last));
    assertThat(part.times()[sample]).isEqualTo(2000 + last);
    assertThat(part.values()[sample]).isEqualTo(-last);
    assertThat(requireNonNull(part.startTimes())[sample]).isEqualTo(77);
    assertThat(requireNonNull(part.startTimes())[sample - 1]).isZero();
    assertThat(part.series()[part.exemplars().get(0).series()]).isEqualTo(series(last));
  }

  @Test
  void handsABatchOfOneOwnerOverAsItIs() throws Exception {
    members.present(node("a", 1));
    listen("a", 0);
    WriteBatch batch = batch();
    await(router.write(batch));

    assertThat(received.values()).singleElement().isSameAs(batch);
  }

  @Test
  void followsMembersAsTheyComeAndGo() throws Exception {
    members.present(node("a", 1));
    listen("a", 0);
    await(router.write(batch()));
    received.clear();
    members.present(node("b", 1));
    listen("b", 0);
    await(router.write(batch()));

    assertThat(received).containsOnlyKeys(new Ring.Owner("b", 0));
  }

  @Test
  void failsWhereThereIsNobody() throws Exception {
    assertThat(failureOf(router.write(batch())))
        .hasMessage("no storage node is known: samples have nowhere to go");
    members.present(node("gone", 1));
    assertThat(failureOf(router.write(batch())).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(inFlight.bytes()).isZero();
  }

  @Test
  void failsWithTheShardThatFailsButWaitsForTheOthers() throws Exception {
    members.present(node("a", 2));
    Promise<WriteResult> slow = Promise.promise();
    listen("a", 0, batch -> slow.future());
    listen(
        "a",
        1,
        batch -> Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "disk is full")));
    Future<WriteResult> written = router.write(batch());

    assertThat(written.isComplete()).isFalse();
    assertThat(inFlight.bytes()).isPositive();
    slow.complete(new WriteResult(5, 2, 1, List.of()));
    assertThat(failureOf(written))
        .hasMessage("disk is full")
        .isInstanceOfSatisfying(
            PartialWriteException.class,
            part -> {
              assertThat(part.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(part.written()).isEqualTo(new WriteResult(5, 2, 1, List.of()));
            });
    assertThat(inFlight.bytes()).isZero();
  }

  @Test
  void givesUpOnAShardThatIsSilent() throws Exception {
    members.present(node("a", 1));
    listen("a", 0, batch -> Promise.<WriteResult>promise().future());

    assertThat(failureOf(router.write(batch())).code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(inFlight.bytes()).isZero();
  }

  @Test
  void refusesWhatIsTooMuchAtATime() throws Exception {
    members.present(node("a", 1));
    Promise<WriteResult> held = Promise.promise();
    listen("a", 0, batch -> held.future());
    Future<WriteResult> first = router.write(batch());
    Future<WriteResult> second = router.write(batch());
    Future<WriteResult> third = router.write(batch());

    assertThat(failureOf(third).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(failureOf(third)).hasMessageContaining("too much in flight");
    held.complete(new WriteResult(1, List.of()));
    await(first);
    await(second);
    assertThat(inFlight.bytes()).isZero();
  }
}
