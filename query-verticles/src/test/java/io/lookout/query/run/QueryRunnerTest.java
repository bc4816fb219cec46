package io.lookout.query.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.LocalMembership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.settings.Settings;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.SelectClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where queries are answered: at once, where storage has it at hand, and else by a worker. */
@Timeout(60)
class QueryRunnerTest {
  private static final String NODE = "storage";

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Bus bus = Bus.open(vertx);
  private final LocalMembership membership = new LocalMembership();
  private final QueryWorkers workers = new QueryWorkers(2);
  private final Promise<SelectResult> selected = Promise.promise();
  private final AtomicReference<String> selecting = new AtomicReference<>("");

  @BeforeEach
  void listen() throws Exception {
    membership.announce(new StorageNode(NODE, 1));
    done(
        bus.directConsumer(
            Addresses.select(NODE),
            SelectRequest.class,
            request -> {
              selecting.set(Thread.currentThread().getName());
              return selected.future();
            }));
  }

  @AfterEach
  void close() throws Exception {
    workers.close();
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void knows(int series) {
    bus.knows(Addresses.select(NODE), SelectRequest.class, request -> up(series));
  }

  private static SelectResult up(int series) {
    SampleColumns samples = new SampleColumns();
    samples.add(1000, 1);
    List<SeriesChunks> found = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      SeriesKey key = SeriesKey.of(SeriesKey.ANONYMOUS, Labels.of("__name__", "up", "i", "" + i));
      found.add(new SeriesChunks(key, List.of(new ChunkEncoder().encode(samples, 0, 1))));
    }
    return new SelectResult(found, "");
  }

  private QueryRunner runner(String... settings) {
    QuerySettings query = Settings.with(settings).of(QuerySettings.class);
    return new QueryRunner(vertx, query, new SelectClient(bus, membership), workers, meters);
  }

  private static QueryRequest request(String text) {
    Expr expr = PromqlParser.parse(text, Language.PROMQL);
    return new QueryRequest(
        SeriesKey.ANONYMOUS,
        text,
        expr,
        Query.instant(1000),
        Duration.ofSeconds(30),
        false,
        Gaps.refused());
  }

  private static double sum(QueryAnswer answer) {
    QueryResult.Vector vector = (QueryResult.Vector) answer.result().value();
    return vector.series().getFirst().values[0];
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  @Test
  void whatIsAtHandIsAnsweredAtOnce() {
    knows(3);
    Future<QueryAnswer> answer = runner().run(request("sum(up) + sum(up)")).answer();
    assertThat(answer.isComplete()).isTrue();
    assertThat(sum(answer.result())).isEqualTo(6);
    assertThat(selecting).hasValue("");
    assertThat(gauge("lookout.query.running")).isZero();
  }

  @Test
  void whatIsNotAtHandIsSelectedByAWorker() throws Exception {
    Future<QueryAnswer> answer = runner().run(request("sum(up)")).answer();
    selected.complete(up(4));
    assertThat(sum(done(answer))).isEqualTo(4);
    assertThat(selecting.get()).startsWith("query-");
  }

  @Test
  void whatTakesMoreIsSelectedByAWorkerThoughItIsAtHand() throws Exception {
    knows(3);
    selected.complete(up(5));
    assertThat(sum(done(runner().run(request("sum_over_time(sum(up)[1s:1s])")).answer())))
        .isEqualTo(5);
    assertThat(selecting.get()).startsWith("query-");
  }

  @Test
  void limitsHoldForWhatIsAtHand() {
    knows(3);
    Future<QueryAnswer> answer = runner("query.series.max=2").run(request("up")).answer();
    assertThat(answer.failed()).isTrue();
    assertThat(answer.cause())
        .isInstanceOfSatisfying(
            LookoutException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.EXECUTION))
        .hasMessageContaining("query.series.max");
    assertThat(gauge("lookout.query.running")).isZero();
  }

  @Test
  void whoHasNoTurnWaitsForIt() throws Exception {
    QueryRunner runner = runner("query.concurrency=1", "query.queue.max=1");
    Future<QueryAnswer> first = runner.run(request("sum(up)")).answer();
    knows(3);
    Future<QueryAnswer> second = runner.run(request("sum(up)")).answer();
    assertThat(second.isComplete()).isFalse();
    assertThat(gauge("lookout.query.waiting")).isEqualTo(1);
    selected.complete(up(4));
    assertThat(sum(done(first))).isEqualTo(4);
    assertThat(sum(done(second))).isEqualTo(4);
    assertThat(sum(runner.run(request("sum(up)")).answer().result())).isEqualTo(3);
  }
}
