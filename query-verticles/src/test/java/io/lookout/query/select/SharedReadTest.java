package io.lookout.query.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.GivenMembership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.aggregate.Wanted;
import io.lookout.model.bus.KnownNode;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.SharedRead;
import io.lookout.model.bus.SharedRead.Who;
import io.lookout.model.chunk.ChunkEncoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three storage nodes that share a store: one of them reads it for a question. */
class SharedReadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> NODES = List.of("a", "b", "c");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.open(vertx);
  private final Map<String, List<SharedRead>> asked = new ConcurrentSkipListMap<>();
  private volatile Predicate<SharedRead> failing = shared -> false;
  private volatile List<SeriesChunks> late = List.of();
  private final GivenMembership members =
      new GivenMembership()
          .present(NODES.stream().map(id -> new StorageNode(id, 1)).toArray(StorageNode[]::new));
  private final SelectClient selects = new SelectClient(bus, members);
  private final LabelClient labels = new LabelClient(bus, members);

  @BeforeEach
  void listen() {
    for (String node : NODES) {
      asked.put(node, new CopyOnWriteArrayList<>());
      done(
          bus.consumer(
              Addresses.select(node),
              SelectRequest.class,
              request -> answer(node, request.shared(), selected(node, request))));
      done(
          bus.consumer(
              Addresses.labels(node),
              LabelQuery.class,
              query ->
                  answer(
                      node,
                      query.shared(),
                      new LabelResult(List.of(node), List.of(), List.of(), false))));
    }
  }

  /** Where any time may be downsampled, by the reader's aggregates. */
  private SelectResult selected(String node, SelectRequest request) {
    if (request.alignment() == 0 || request.shared().who() == Who.ELSEWHERE) {
      return new SelectResult(request.alignment() == 0 ? series(node) : late, "");
    }
    return new SelectResult(
        List.of(series("x", Aggregate.SUM.text(), 100)), "", List.of(new TimePart(60, 0, 500)));
  }

  private static SeriesChunks series(String node, String aggregate, long time) {
    SampleColumns samples = new SampleColumns();
    samples.add(time, 1);
    Labels labels = Labels.of("__name__", "m", "node", node, Aggregate.LABEL, aggregate);
    return new SeriesChunks(
        SeriesKey.of("t", labels.toBuilder().build()),
        List.of(new ChunkEncoder().encode(samples, 0, 1)));
  }

  private static List<SeriesChunks> series(String node) {
    return List.of(
        new SeriesChunks(SeriesKey.of("t", Labels.of("__name__", "m", "node", node)), List.of()));
  }

  private <R> Future<R> answer(String node, SharedRead shared, R answer) {
    asked.getOrDefault(node, new ArrayList<>()).add(shared);
    return failing.test(shared)
        ? Future.failedFuture(new LookoutException(ErrorCode.UNAVAILABLE, "the store is away"))
        : Future.succeededFuture(answer);
  }

  @AfterEach
  void close() {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private Future<List<SeriesChunks>> select(String metric, Gaps gaps) {
    return selects.select(
        "t",
        List.of(Matcher.equal("__name__", metric)),
        0,
        1000,
        new SelectLimits(100, 1 << 20),
        PATIENCE,
        gaps,
        () -> {});
  }

  private List<Who> last() {
    return asked.values().stream().map(each -> each.getLast().who()).toList();
  }

  @Test
  void oneNodeReadsTheStoreAndTheSameOneForTheSameMetric() {
    assertThat(done(select("m", Gaps.refused()))).hasSize(3);
    List<Who> first = last();
    assertThat(first).containsOnlyOnce(Who.HERE).doesNotContain(Who.EACH);
    assertThat(asked.values().stream().map(List::getLast).filter(s -> s.who() == Who.ELSEWHERE))
        .allSatisfy(shared -> assertThat(shared.ageMs()).isGreaterThan(PATIENCE.toMillis()));

    done(select("m", Gaps.refused()));
    assertThat(last()).isEqualTo(first);
  }

  private Selected sums() {
    SelectRequest request =
        new SelectRequest(
            "t",
            List.of(Matcher.equal("__name__", "m")),
            0,
            1000,
            100,
            1 << 20,
            SharedRead.EACH,
            Wanted.SUM,
            60);
    return done(selects.select(request, PATIENCE, Gaps.refused(), () -> {}));
  }

  /** A node that has just put something into the store reads it too, for all times. */
  @Test
  void samplesThatAggregatesMayHaveAreNotAddedToThem() {
    assertThat(sums().downsampled()).hasSize(1);

    late = List.of(series("x", "", 501));
    assertThat(sums().downsampled()).hasSize(1);

    late = List.of(series("x", "", 90));
    assertThat(sums().downsampled()).isEmpty();
    assertThat(asked.values()).allSatisfy(each -> assertThat(each).hasSize(4));
  }

  @Test
  void differentMetricsAreReadByDifferentNodes() {
    for (int i = 0; i < 30; i++) {
      done(select("m" + i, Gaps.refused()));
    }
    assertThat(asked.values())
        .allSatisfy(each ->
            assertThat(each.stream().filter(shared -> shared.who() == Who.HERE)).isNotEmpty());
  }

  @Test
  void whereTheReaderCannotEachReadsForItself() {
    failing = shared -> shared.who() == Who.HERE;

    assertThat(done(select("m", Gaps.refused()))).hasSize(3);
    assertThat(last()).containsOnly(Who.EACH);
  }

  @Test
  void whatNobodyCanAnswerFails() {
    failing = shared -> true;
    assertThatThrownBy(() -> done(select("m", Gaps.refused()))).hasMessageContaining("is away");
    assertThatThrownBy(() -> done(select("m", Gaps.of(true))))
        .hasMessageContaining("no storage node has answered");
  }

  @Test
  void labelsAreReadByOneNodeToo() {
    LabelQuery query = new LabelQuery(LabelQuery.Kind.NAMES, "t", "", List.of(), 0, 1000, 0);

    assertThat(done(labels.ask(query, PATIENCE, Gaps.refused())).strings()).isEqualTo(NODES);
    assertThat(last()).containsOnlyOnce(Who.HERE).doesNotContain(Who.EACH);
  }

  @Test
  void aMissingNodeFailsTheQuestionOrIsTold() {
    members.missing(new KnownNode("d", 0, false));

    assertThatThrownBy(() -> done(select("m", Gaps.refused())))
        .hasMessageContaining("storage node d is missing since 1970-01-01T00:00:00Z");
    assertThat(asked.values()).allSatisfy(each -> assertThat(each).isEmpty());

    Gaps gaps = Gaps.of(true);
    assertThat(done(select("m", gaps))).hasSize(3);
    assertThat(gaps.texts())
        .containsExactly(
            "storage node d is missing since 1970-01-01T00:00:00Z: the answer lacks what it holds");
  }
}
