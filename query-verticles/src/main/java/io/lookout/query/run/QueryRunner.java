package io.lookout.query.run;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.query.promql.exec.ChunkSource;
import io.lookout.query.promql.exec.Engine;
import io.lookout.query.promql.exec.Limits;
import io.lookout.query.promql.exec.Profile;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.SelectLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries: waits for a turn, fetches all selections side by side, evaluates on a worker.
 * Thread-safe; answers on the context that asked.
 */
public final class QueryRunner {
  private final Vertx vertx;
  private final QuerySettings settings;
  private final SelectClient storage;
  private final QueryWorkers workers;
  private final Engine engine;
  private final Admission admission;

  public QueryRunner(
      Vertx vertx,
      QuerySettings settings,
      SelectClient storage,
      QueryWorkers workers,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.settings = settings;
    this.storage = storage;
    this.workers = workers;
    this.engine = new Engine(workers, QueryWorkers.parallelism());
    this.admission = new Admission(settings, meters);
  }

  /** Must be called on a context. */
  public RunningQuery run(QueryRequest request) {
    long timeout = Math.min(request.timeout().toNanos(), settings.timeout().toNanos());
    Stop stop = new Stop(timeout);
    Promise<QueryAnswer> answer = Promise.promise();
    // The turn may come on another context: back to this one before anything is touched.
    var context = vertx.getOrCreateContext();
    long entered = System.nanoTime();
    long timer =
        vertx.setTimer(
            Math.max(1, timeout / 1_000_000), fired -> answer.tryFail(Stop.timedOutQuery()));
    admission
        .enter()
        .onFailure(answer::tryFail)
        .onSuccess(turn ->
            context.runOnContext(here ->
                admitted(request, stop, System.nanoTime() - entered)
                    .onComplete(answer::tryComplete, answer::tryFail)));
    answer.future().onComplete(done -> vertx.cancelTimer(timer));
    return new RunningQuery(answer, stop);
  }

  /**
   * A turn among the queries for work of another kind, which must run what it gets here when it is
   * done.
   *
   * @return fails with {@code UNAVAILABLE} where too many wait
   */
  public Future<Runnable> turn() {
    return admission.enter().map(entered -> admission::leave);
  }

  private Future<QueryAnswer> admitted(QueryRequest request, Stop stop, long queuedNanos) {
    long began = System.nanoTime();
    return Future.succeededFuture()
        .map(start -> plan(request, stop))
        .compose(plan ->
            fetch(request.tenant(), plan, stop)
                .compose(source -> {
                  long fetched = System.nanoTime();
                  Profile profile = request.explain() ? new Profile() : null;
                  return evaluate(plan, source, stop, profile)
                      .map(result ->
                          new QueryAnswer(
                              plan,
                              result,
                              queuedNanos,
                              fetched - began,
                              System.nanoTime() - fetched,
                              profile == null ? null : profile.report(plan)));
                }))
        .onComplete(done -> admission.leave());
  }

  private static Plan plan(QueryRequest request, Stop stop) {
    stop.check();
    return Planner.plan(request.expr(), request.query());
  }

  private Future<ChunkSource> fetch(String tenant, Plan plan, Stop stop) {
    Map<Selection, List<SeriesChunks>> fetched = new HashMap<>();
    List<Future<List<SeriesChunks>>> parts =
        new LinkedHashSet<>(plan.selections())
            .stream()
                .map(each ->
                    select(tenant, each, stop).onSuccess(series -> fetched.put(each, series)))
                .toList();
    return Future.all(parts).map(all -> new ChunkSource(fetched));
  }

  private Future<List<SeriesChunks>> select(String tenant, Selection selection, Stop stop) {
    if (selection.minTime() > selection.maxTime()) {
      return Future.succeededFuture(List.of());
    }
    return storage.select(
        tenant,
        selection.matchers(),
        selection.minTime(),
        selection.maxTime(),
        new SelectLimits(settings.maxSeries(), settings.maxBytes().bytes()),
        Duration.ofNanos(Math.max(1_000_000, stop.remainingNanos())),
        stop::check);
  }

  private Future<QueryResult> evaluate(
      Plan plan, ChunkSource source, Stop stop, @Nullable Profile profile) {
    Promise<QueryResult> result = Promise.promise();
    var context = vertx.getOrCreateContext();
    try {
      workers.execute(() -> {
        Future<QueryResult> done = evaluateHere(plan, source, stop, profile);
        context.runOnContext(here -> done.onComplete(result));
      });
    } catch (RejectedExecutionException e) {
      result.fail(new LookoutException(ErrorCode.UNAVAILABLE, "the node is stopping", e));
    }
    return result.future();
  }

  private Future<QueryResult> evaluateHere(
      Plan plan, ChunkSource source, Stop stop, @Nullable Profile profile) {
    Limits limits =
        new Limits(settings.maxSamples(), settings.maxResultPoints(), settings.maxMemory().bytes());
    try {
      stop.check();
      return Future.succeededFuture(engine.evaluate(plan, source, limits, stop, profile));
    } catch (StackOverflowError | OutOfMemoryError e) {
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.EXECUTION, "query needs more memory than there is: " + e, e));
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
