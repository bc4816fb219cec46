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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries: waits for a turn, fetches all selections side by side, evaluates, all of it on a
 * worker, or where it was asked if it is as small as {@link Glance} has it. Thread-safe; answers on
 * the context that asked.
 */
public final class QueryRunner {
  private static final Selected NOTHING = new Selected(List.of(), List.of());

  private final Vertx vertx;
  private final QuerySettings settings;
  private final SelectClient storage;
  private final QueryWorkers workers;
  private final Engine engine;
  private final Engine here = Engine.singleThreaded();
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
    long entered = System.nanoTime();
    Future<Void> turn = admission.enter();
    if (turn.succeeded() && Glance.mayBe(request)) {
      atGlance(request, stop, answer);
    }
    if (answer.future().isComplete()) {
      admission.leave();
    } else {
      onWorker(request, stop, turn, entered, answer);
      long timer =
          vertx.setTimer(
              Math.max(1, timeout / 1_000_000), fired -> answer.tryFail(Stop.timedOutQuery()));
      answer.future().onComplete(done -> vertx.cancelTimer(timer));
    }
    return new RunningQuery(answer, stop);
  }

  private void onWorker(
      QueryRequest request,
      Stop stop,
      Future<Void> turn,
      long entered,
      Promise<QueryAnswer> answer) {
    Context context = vertx.getOrCreateContext();
    turn.onFailure(answer::tryFail)
        .onSuccess(mine ->
            workers
                .compose(context, () -> begun(context, request, stop, System.nanoTime() - entered))
                .onComplete(done -> admission.leave())
                .onComplete(answer::tryComplete, answer::tryFail));
  }

  /** Answers here and now, where all of it takes some microseconds; else leaves the answer open. */
  private void atGlance(QueryRequest request, Stop stop, Promise<QueryAnswer> answer) {
    long began = System.nanoTime();
    try {
      Plan plan = plan(request, stop);
      Fetched fetched = Glance.mayBe(plan) ? known(request, plan) : null;
      if (fetched != null && Glance.is(plan, fetched.parts())) {
        evaluated(here, request, plan, fetched, stop, new Spent(0, began)).onComplete(answer);
      }
    } catch (RuntimeException e) {
      answer.fail(e);
    }
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
        fetched -> evaluated(engine, request, plan, fetched, stop, new Spent(queuedNanos, began));
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
      Engine by, QueryRequest request, Plan plan, Fetched found, Stop stop, Spent spent) {
    long fetched = System.nanoTime();
    Profile profile = request.explain() ? new Profile() : null;
    return evaluate(by, plan, found.source(), stop, profile)
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
    Map<Selection, Future<Selected>> parts = new LinkedHashMap<>();
    for (Selection each : plan.selections()) {
      parts.computeIfAbsent(each, selection -> select(request, selection, stop));
    }
    return Future.all(List.copyOf(parts.values()))
        .map(all -> {
          Map<Selection, Selected> found = new LinkedHashMap<>();
          parts.forEach((selection, part) -> found.put(selection, part.result()));
          return new Fetched(found);
        });
  }

  /** What storage has at hand; null where it has to be asked. */
  private @Nullable Fetched known(QueryRequest request, Plan plan) {
    Map<Selection, Selected> found = new LinkedHashMap<>();
    for (Selection each : plan.selections()) {
      if (!found.containsKey(each)) {
        Selected known = each.isEmpty() ? NOTHING : storage.known(toSelect(request, each));
        if (known == null) {
          return null;
        }
        found.put(each, known);
      }
    }
    return new Fetched(found);
  }

  /** What storage has for each selection. */
  private record Fetched(Map<Selection, Selected> parts) {
    ChunkSource source() {
      Map<Selection, List<SeriesChunks>> series = new HashMap<>();
      Map<Selection, List<TimePart>> downsampled = new HashMap<>();
      parts.forEach((selection, selected) -> {
        series.put(selection, selected.series());
        downsampled.put(selection, selected.downsampled());
      });
      return new ChunkSource(series, downsampled);
    }

    /** Of aggregates that stand in for samples, ms, ascending. */
    List<Long> resolutions() {
      return parts.values().stream()
          .flatMap(selected -> selected.downsampled().stream())
          .map(TimePart::resolution)
          .distinct()
          .sorted()
          .toList();
    }
  }

  private Future<Selected> select(QueryRequest request, Selection selection, Stop stop) {
    return selection.isEmpty()
        ? Future.succeededFuture(NOTHING)
        : storage.select(
            toSelect(request, selection),
            Duration.ofNanos(Math.max(1_000_000, stop.remainingNanos())),
            request.gaps(),
            stop::check);
  }

  private SelectRequest toSelect(QueryRequest request, Selection selection) {
    return new SelectRequest(
        request.tenant(),
        selection.matchers(),
        selection.minTime(),
        selection.maxTime(),
        settings.maxSeries(),
        settings.maxBytes().bytes(),
        SharedRead.EACH,
        selection.wanted(),
        selection.alignment());
  }

  private Future<QueryResult> evaluate(
      Engine by, Plan plan, ChunkSource source, Stop stop, @Nullable Profile profile) {
    Limits limits =
        new Limits(settings.maxSamples(), settings.maxResultPoints(), settings.maxMemory().bytes());
    try {
      stop.check();
      return Future.succeededFuture(by.evaluate(plan, source, limits, stop, profile));
    } catch (StackOverflowError | OutOfMemoryError e) {
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.EXECUTION, "query needs more memory than there is: " + e, e));
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
