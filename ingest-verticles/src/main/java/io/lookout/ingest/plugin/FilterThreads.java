package io.lookout.ingest.plugin;

import io.lookout.ingest.intake.AsideStage;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.model.bus.WriteBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks one filter, on threads that it has to itself: one that waits holds up the batch it was asked
 * about, for a time, and no event loop. A batch that it does not answer for in time is kept as it
 * was, and counted. Thread-safe.
 */
final class FilterThreads implements AsideStage {
  private final Vertx vertx;
  private final FilterStage filter;
  private final long timeoutMillis;
  private final ThreadPoolExecutor threads;
  private final Counter late;

  /** What the filter has left, and what it noted. */
  private record Answer(WriteBatch left, Rejections noted) {}

  FilterThreads(
      Vertx vertx, FilterStage filter, String name, PluginSettings settings, MeterRegistry meters) {
    this.vertx = vertx;
    this.filter = filter;
    this.timeoutMillis = settings.filterTimeout().toMillis();
    BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(settings.filterQueue());
    this.threads =
        new ThreadPoolExecutor(
            settings.filterThreads(),
            settings.filterThreads(),
            1,
            TimeUnit.MINUTES,
            queue,
            Thread.ofPlatform().daemon().name("lookout-filter-" + name + "-", 0).factory());
    this.threads.allowCoreThreadTimeOut(true);
    this.late =
        Counter.builder("lookout.plugin.late.batches")
            .description("Batches that a filter did not answer for in time, kept as they were")
            .tag("plugin", name)
            .register(meters);
    Gauge.builder("lookout.plugin.waiting.batches", queue, BlockingQueue::size)
        .description("Batches that wait for a thread of a filter")
        .tag("plugin", name)
        .register(meters);
  }

  @Override
  public Future<WriteBatch> apply(WriteBatch batch, Rejections rejections) {
    if (batch.isEmpty()) {
      return Future.succeededFuture(batch);
    }
    Context context = vertx.getOrCreateContext();
    Promise<Answer> answer = Promise.promise();
    java.util.concurrent.Future<?> asked;
    try {
      asked = threads.submit(() -> ask(batch, context, answer));
    } catch (RejectedExecutionException e) {
      late.increment();
      return Future.succeededFuture(batch);
    }
    long timer =
        vertx.setTimer(
            timeoutMillis,
            id -> {
              asked.cancel(true);
              context.runOnContext(run -> answer.tryFail("the filter is late"));
            });
    return answer
        .future()
        .onComplete(done -> vertx.cancelTimer(timer))
        .onFailure(failure -> late.increment())
        .map(known -> {
          rejections.addAll(known.noted().list());
          known.noted().dropped().forEach(rejections::drop);
          return known.left();
        })
        .otherwise(batch);
  }

  private void ask(WriteBatch batch, Context context, Promise<Answer> answer) {
    Rejections noted = new Rejections();
    WriteBatch left = filter.apply(batch, noted);
    context.runOnContext(run -> answer.tryComplete(new Answer(left, noted)));
  }

  /** What a filter is still asked about does not count any more. */
  void close() {
    threads.shutdownNow();
  }
}
