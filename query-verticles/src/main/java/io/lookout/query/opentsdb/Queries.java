package io.lookout.query.opentsdb;

import io.lookout.model.ErrorCode;
import io.lookout.model.Label;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.query.opentsdb.Evaluation.Bounds;
import io.lookout.query.opentsdb.QueryUri.Selector;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.run.QueryWorkers;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.SelectLimits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The queries that read samples. They take their turn among those of PromQL. */
final class Queries {
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);

  /** How far a last point is looked back for where the request does not say, in hours. */
  private static final int BACK = 24;

  /** As many as a request of {@code /api/query} may have. */
  private static final int MOST_LAST = 64;

  private final QuerySettings settings;
  private final Clock clock;
  private final QueryRunner runner;
  private final QueryWorkers workers;
  private final SelectClient storage;

  Queries(
      QuerySettings settings,
      Clock clock,
      QueryRunner runner,
      QueryWorkers workers,
      SelectClient storage) {
    this.settings = settings;
    this.clock = clock;
    this.runner = runner;
    this.workers = workers;
    this.storage = storage;
  }

  /** Until when the answer is wanted. */
  private final class Deadline implements Runnable {
    private final long at = System.nanoTime() + settings.timeout().toNanos();
    private final Request request;

    Deadline(Request request) {
      this.request = request;
    }

    @Override
    public void run() {
      if (request.gone().getAsBoolean()) {
        throw new LookoutException(ErrorCode.CANCELED, "nobody waits for the answer any more");
      }
      if (System.nanoTime() - at > 0) {
        throw new LookoutException(
            ErrorCode.TIMEOUT, "query took longer than query.timeout (" + settings.timeout() + ")");
      }
    }
  }

  /** {@code /api/query}. */
  Future<String> query(Request request) {
    long now = clock.millis();
    TsdbQuery query =
        request.hasBody()
            ? QueryBody.ofJson(request.body(), request.parameters().contains("arrays"), now)
            : QueryBody.ofUri(request.parameters(), now);
    Deadline deadline = new Deadline(request);
    return inTurn(() -> all(request, query, deadline));
  }

  /** The turn may come on another context than that of the request, where the work belongs. */
  private Future<String> inTurn(Supplier<Future<String>> work) {
    Context context = Vertx.currentContext();
    return runner
        .turn()
        .compose(leave -> {
          Promise<String> answer = Promise.promise();
          context.runOnContext(here ->
              Future.succeededFuture()
                  .compose(start -> work.get())
                  .onComplete(done -> leave.run())
                  .onComplete(answer));
          return answer.future();
        });
  }

  private Future<String> all(Request request, TsdbQuery query, Deadline deadline) {
    Context context = Vertx.currentContext();
    Future<List<ResultSeries>> results = Future.succeededFuture(new ArrayList<>());
    for (int i = 0; i < query.queries().size(); i++) {
      int number = i;
      results =
          results.compose(before ->
              one(request, query, number, deadline, context)
                  .map(more -> {
                    before.addAll(more);
                    check(before);
                    return before;
                  }));
    }
    return results.compose(list -> workers.call(context, () -> new ResultJson(query).of(list)));
  }

  private void check(List<ResultSeries> results) {
    long points = 0;
    for (ResultSeries each : results) {
      points += each.points().size;
    }
    if (points > settings.maxResultPoints()) {
      throw Bad.request(
          "the result has more than query.result.points.max ("
              + settings.maxResultPoints()
              + ") points: downsample, or ask for less");
    }
  }

  private Future<List<ResultSeries>> one(
      Request request, TsdbQuery query, int number, Deadline deadline, Context context) {
    SubQuery asked = query.queries().get(number);
    long reach = asked.downsample().map(each -> each.reach(query.end())).orElse(query.end());
    Evaluation evaluation =
        new Evaluation(query, number, new Bounds(settings.maxSamples(), deadline));
    return select(request, asked.matchers(), query.start(), reach, deadline)
        .compose(series -> workers.call(context, () -> evaluation.of(series)));
  }

  private Future<List<SeriesChunks>> select(
      Request request, List<Matcher> matchers, long from, long to, Deadline deadline) {
    SelectLimits limits = new SelectLimits(settings.maxSeries(), settings.maxBytes().bytes());
    return storage.select(
        request.tenant(), matchers, from, to, limits, settings.timeout(), Gaps.refused(), deadline);
  }

  /** {@code /api/query/last}: the newest point of each series. */
  Future<String> last(Request request) {
    if (request.parameters().contains("tsuids") || request.body().containsKey("tsuids")) {
      throw Bad.request("queries by tsuid are not supported");
    }
    List<Selector> selectors = selectors(request);
    long now = clock.millis();
    int hours = request.number(request.hasBody() ? "backScan" : "back_scan", BACK);
    long from = now - (hours == 0 ? BACK : hours) * HOUR;
    Deadline deadline = new Deadline(request);
    return inTurn(() -> newest(request, selectors, from, now, deadline));
  }

  private static List<Selector> selectors(Request request) {
    List<Selector> selectors = new ArrayList<>();
    for (String each : request.parameters().getAll("timeseries")) {
      selectors.add(QueryUri.selector(each));
    }
    for (Object each : request.body().getJsonArray("queries", new JsonArray())) {
      JsonObject query = (JsonObject) each;
      if (query.containsKey("tsuids")) {
        throw Bad.request("queries by tsuid are not supported");
      }
      List<TagFilter> filters = new ArrayList<>();
      JsonObject tags = query.getJsonObject("tags", new JsonObject());
      tags.forEach(
          tag -> filters.add(TagFilter.parse(tag.getKey(), String.valueOf(tag.getValue()), false)));
      selectors.add(new Selector(query.getString("metric", ""), filters));
    }
    if (selectors.isEmpty() || selectors.size() > MOST_LAST) {
      throw Bad.request("Missing queries, or more than " + MOST_LAST);
    }
    if (selectors.stream().anyMatch(each -> each.metric().isEmpty())) {
      throw Bad.request("Missing metric of a query");
    }
    return selectors;
  }

  private Future<String> newest(
      Request request, List<Selector> selectors, long from, long now, Deadline deadline) {
    Context context = Vertx.currentContext();
    List<Future<List<SeriesChunks>>> parts = new ArrayList<>();
    for (Selector each : selectors) {
      List<Matcher> matchers = new ArrayList<>();
      matchers.add(Matcher.equal(Label.METRIC_NAME, each.metric()));
      each.filters().forEach(filter -> matchers.addAll(filter.matchers()));
      parts.add(select(request, matchers, from, now, deadline));
    }
    return Future.all(parts)
        .compose(all ->
            workers.call(
                context,
                () -> {
                  JsonArray points = new JsonArray();
                  parts.forEach(part -> newest(part.result(), from, now, points));
                  return points.encode();
                }));
  }

  private static void newest(List<SeriesChunks> series, long from, long now, JsonArray into) {
    ChunkMerge merge = new ChunkMerge();
    for (SeriesChunks each : series) {
      SampleColumns samples = merge.samples(each.chunks());
      int i = samples.size - 1;
      while (i >= 0 && !isPoint(samples, i, now)) {
        i--;
      }
      if (i >= 0 && samples.times[i] >= from) {
        JsonObject tags = new JsonObject();
        Evaluation.tags(each.key().labels()).forEach(tags::put);
        String value = ResultJson.value(new StringBuilder(), samples.values[i], false).toString();
        into.add(
            new JsonObject()
                .put("metric", each.key().labels().valueOf(Label.METRIC_NAME))
                .put("timestamp", samples.times[i])
                .put("value", value.replace("\"", ""))
                .put("tags", tags));
      }
    }
  }

  private static boolean isPoint(SampleColumns samples, int i, long now) {
    return samples.times[i] <= now
        && samples.histogram(i) == null
        && !SampleColumns.isStale(samples.values[i]);
  }
}
