package io.lookout.query.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.query.remoteread.ChunkFrames;
import io.lookout.query.remoteread.ReadRequest;
import io.lookout.query.remoteread.ReadRequest.ReadQuery;
import io.lookout.query.remoteread.ReadSettings;
import io.lookout.query.remoteread.SampledAnswer;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.run.QueryWorkers;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.SelectClient;
import io.lookout.query.select.SelectLimits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One request of remote read on its way: its queries are fetched and sent one after the other, so
 * that what is in memory is what one query selects.
 */
final class RemoteRead {
  /** Frames are made so many bytes at a time, while the client takes those before. */
  private static final int PART_BYTES = 256 << 10;

  private final Context context = Vertx.currentContext();
  private final HttpServerResponse response;
  private final String tenant;
  private final QuerySettings settings;
  private final ReadSettings readSettings;
  private final SelectClient storage;
  private final QueryWorkers workers;
  private final long deadline;

  RemoteRead(
      RoutingContext routing,
      QuerySettings settings,
      ReadSettings readSettings,
      SelectClient storage,
      QueryWorkers workers) {
    this.response = routing.response();
    this.tenant = ApiRoute.tenant(routing);
    this.settings = settings;
    this.readSettings = readSettings;
    this.storage = storage;
    this.workers = workers;
    this.deadline = System.nanoTime() + settings.timeout().toNanos();
  }

  /** Completes when all is handed to the connection. May be called on any context. */
  Future<Void> answer(ReadRequest request) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(here ->
        (request.streamed() ? streamed(request.queries()) : sampled(request.queries()))
            .onComplete(done));
    return done.future();
  }

  private Future<Void> sampled(List<ReadQuery> queries) {
    SampledAnswer answer =
        new SampledAnswer(readSettings.maxSamples(), readSettings.maxBytes().bytes());
    return each(queries, (query, series) -> onWorker(() -> answer.add(query, series)))
        .compose(all -> workers.call(context, answer::toByteArray))
        .compose(bytes ->
            response
                .putHeader("Content-Type", "application/x-protobuf")
                .putHeader("Content-Encoding", "snappy")
                .end(Buffer.buffer(bytes)));
  }

  private Future<Void> onWorker(Runnable work) {
    return workers
        .call(
            context,
            () -> {
              work.run();
              return true;
            })
        .mapEmpty();
  }

  private Future<Void> streamed(List<ReadQuery> queries) {
    response
        .putHeader(
            "Content-Type", "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse")
        // Chunks are compressed already.
        .putHeader("Content-Encoding", "identity")
        .setChunked(true);
    int[] number = {0};
    return each(
            queries,
            (query, series) ->
                send(
                    new ChunkFrames(
                        number[0]++, query, series, (int) readSettings.frame().bytes())))
        .compose(all -> response.end());
  }

  /** The queries one after the other. */
  private Future<Void> each(
      List<ReadQuery> queries, BiFunction<ReadQuery, List<SeriesChunks>, Future<Void>> answer) {
    Future<Void> all = Future.succeededFuture();
    for (ReadQuery query : queries) {
      all = all.compose(before -> select(query)).compose(series -> answer.apply(query, series));
    }
    return all;
  }

  private Future<List<SeriesChunks>> select(ReadQuery query) {
    checkWanted();
    if (query.minTime() > query.maxTime()) {
      return Future.succeededFuture(List.of());
    }
    return storage.select(
        tenant,
        query.matchers(),
        query.minTime(),
        query.maxTime(),
        new SelectLimits(settings.maxSeries(), settings.maxBytes().bytes()),
        Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime())),
        Gaps.refused(),
        this::checkWanted);
  }

  private void checkWanted() {
    if (response.closed()) {
      throw new LookoutException(ErrorCode.CANCELED, "the client has gone away");
    }
    if (System.nanoTime() - deadline > 0) {
      throw new LookoutException(
          ErrorCode.TIMEOUT,
          "the read took longer than query.timeout (" + settings.timeout() + ")");
    }
  }

  private Future<Void> send(ChunkFrames frames) {
    Promise<Void> done = Promise.promise();
    next(frames, done);
    return done.future();
  }

  private void next(ChunkFrames frames, Promise<Void> done) {
    workers
        .call(context, () -> frames.next(PART_BYTES))
        .onFailure(done::fail)
        .onSuccess(part -> {
          if (part.length == 0) {
            done.complete();
          } else {
            response
                .write(Buffer.buffer(part))
                .onFailure(done::fail)
                .onSuccess(written -> next(frames, done));
          }
        });
  }
}
