package io.lookout.query.run;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that evaluate: some a processor, with stacks for deep expressions. */
public final class QueryWorkers implements Executor, AutoCloseable {
  /** Trees are walked recursively, and may be as deep as the parser allows. */
  private static final long STACK_BYTES = 16 << 20;

  private final WorkerThreads pool;

  /** So many threads a processor: long queries share them with short ones instead of queueing. */
  private static final int SIDE_BY_SIDE = 4;

  /**
   * @param concurrency queries at a time, each of which may ask for a thread a processor
   */
  public QueryWorkers(int concurrency) {
    int threads = Math.min(SIDE_BY_SIDE, concurrency) * parallelism();
    AtomicInteger number = new AtomicInteger();
    pool =
        new WorkerThreads(
            threads,
            concurrency * (parallelism() + 1),
            work -> new Thread(null, work, "query-" + number.incrementAndGet(), STACK_BYTES));
  }

  static int parallelism() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * @throws RejectedExecutionException where too much waits
   */
  @Override
  public void execute(Runnable work) {
    pool.execute(work);
  }

  /**
   * Runs work on a thread of these and answers on the context.
   *
   * @return fails with what the work throws; with {@code UNAVAILABLE} where too much waits
   */
  public <T> Future<T> call(Context context, Callable<T> work) {
    return compose(context, () -> Future.succeededFuture(work.call()));
  }

  /** As {@link #call}, for work that may end elsewhere. */
  <T> Future<T> compose(Context context, Callable<Future<T>> work) {
    Promise<T> result = Promise.promise();
    try {
      pool.execute(() -> {
        Future<T> done = here(work);
        done.onComplete(ended -> context.runOnContext(back -> done.onComplete(result)));
      });
    } catch (RejectedExecutionException e) {
      result.fail(
          new LookoutException(
              ErrorCode.UNAVAILABLE, "the node is stopping, or too many queries wait", e));
    }
    return result.future();
  }

  private static <T> Future<T> here(Callable<Future<T>> work) {
    try {
      return work.call();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      // Told too: who waits would wait for ever, and keep his turn.
      return Future.failedFuture(e);
    }
  }

  /** Takes no more work and interrupts what is under way. */
  @Override
  public void close() {
    pool.close();
  }
}
