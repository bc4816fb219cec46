package io.lookout.query.run;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.SharedRead;
import io.lookout.query.promql.exec.ChunkSource;
import io.lookout.query.promql.exec.Engine;
import io.lookout.query.promql.exec.Limits;
import io.lookout.query.promql.exec.Profile;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Selection;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.Selected;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries: waits for a turn, fetches all selections side by side, evaluates, all of it on a
 * worker. Thread-safe; answers on the context that asked.
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
    Context context = vertx.getOrCreateContext();
    long entered = System.nanoTime();
    long timer =
        vertx.setTimer(
            Math.max(1, timeout / 1_000_000), fired -> answer.tryFail(Stop.timedOutQuery()));
    admission
        .enter()
        .onFailure(answer::tryFail)
        .onSuccess(turn ->
            workers
                .compose(context, () -> begun(context, request, stop, System.nanoTime() - entered))
                .onComplete(done -> admission.leave())
                .onComplete(answer::tryComplete, answer::tryFail));
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

  /**
   * Answers a question that is no query in the way of queries: on a worker, when it has its turn.
   * Must be called on a context, and answers there.
   */
  public <T> Future<T> ask(Supplier<Future<T>> question) {
    Context context = vertx.getOrCreateContext();
    return admission
        .enter()
        .compose(
            turn -> workers.compose(context, question::get).onComplete(done -> admission.leave()));
  }

  /** On a worker. Where storage answers at once, the whole query is one piece of work. */
  private Future<QueryAnswer> begun(
      Context context, QueryRequest request, Stop stop, long queuedNanos) {
    long began = System.nanoTime();
    Plan plan = plan(request, stop);
    Future<Fetched> source = fetch(request, plan, stop);
    Function<Fetched, Future<QueryAnswer>> evaluation =
        fetched -> evaluated(request, plan, fetched, stop, new Spent(queuedNanos, began));
    return source.isComplete()
        ? source.compose(evaluation)
        : source.compose(fetched -> workers.compose(context, () -> evaluation.apply(fetched)));
  }

  /**
   * Where the time of a query went so far.
   *
   * @param began when it had its turn, by {@link System#nanoTime}
   */
  private record Spent(long queuedNanos, long began) {}

  private Future<QueryAnswer> evaluated(
      QueryRequest request, Plan plan, Fetched found, Stop stop, Spent spent) {
    long fetched = System.nanoTime();
    Profile profile = request.explain() ? new Profile() : null;
    return evaluate(plan, found.source(), stop, profile)
        .map(result ->
            new QueryAnswer(
                plan,
                result,
                found.resolutions(),
                spent.queuedNanos,
                fetched - spent.began,
                System.nanoTime() - fetched,
                profile == null ? null : profile.report(plan)));
  }

  private static Plan plan(QueryRequest request, Stop stop) {
    stop.check();
    return Planner.plan(request.expr(), request.query());
  }

  private Future<Fetched> fetch(QueryRequest request, Plan plan, Stop stop) {
    List<Selection> selections = List.copyOf(new LinkedHashSet<>(plan.selections()));
    List<Future<Selected>> parts =
        selections.stream().map(each -> select(request, each, stop)).toList();
    return Future.all(parts)
        .map(all -> {
          Map<Selection, List<SeriesChunks>> fetched = new HashMap<>();
          Map<Selection, List<TimePart>> downsampled = new HashMap<>();
          SortedSet<Long> resolutions = new TreeSet<>();
          for (int i = 0; i < parts.size(); i++) {
            Selected selected = parts.get(i).result();
            fetched.put(selections.get(i), selected.series());
            downsampled.put(selections.get(i), selected.downsampled());
            selected.downsampled().forEach(part -> resolutions.add(part.resolution()));
          }
          return new Fetched(new ChunkSource(fetched, downsampled), List.copyOf(resolutions));
        });
  }

  private record Fetched(ChunkSource source, List<Long> resolutions) {}

  private Future<Selected> select(QueryRequest request, Selection selection, Stop stop) {
    if (selection.minTime() > selection.maxTime()) {
      return Future.succeededFuture(new Selected(List.of(), List.of()));
    }
    return storage.select(
        new SelectRequest(
            request.tenant(),
            selection.matchers(),
            selection.minTime(),
            selection.maxTime(),
            settings.maxSeries(),
            settings.maxBytes().bytes(),
            SharedRead.EACH,
            selection.wanted(),
            selection.alignment()),
        Duration.ofNanos(Math.max(1_000_000, stop.remainingNanos())),
        request.gaps(),
        stop::check);
  }

  private Future<QueryResult> evaluate(
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
