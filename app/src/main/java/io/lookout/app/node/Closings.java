package io.lookout.app.node;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened, to be closed in the reverse order. What fails to close holds up nothing else.
 */
final class Closings {
  private static final Logger LOG = LoggerFactory.getLogger(Closings.class);

  private static final Duration MOMENT = Duration.ofMillis(500);

  private final Duration timeout;
  private final Deque<Closing> opened = new ArrayDeque<>();

  private record Closing(String what, Supplier<? extends Future<?>> close) {}

  /**
   * @param timeout for each by itself; all of them together have twice that
   */
  Closings(Duration timeout) {
    this.timeout = timeout;
  }

  void add(String what, Supplier<? extends Future<?>> close) {
    opened.push(new Closing(what, close));
  }

  void addBlocking(String what, AutoCloseable close) {
    add(
        what,
        () ->
            Future.future(promise -> {
              try {
                close.close();
                promise.complete();
              } catch (Exception e) {
                promise.fail(e);
              }
            }));
  }

  /**
   * Closes all of it, and returns in any case.
   *
   * @return what has failed to close, or has not closed in time
   */
  List<String> close() {
    List<String> left = new ArrayList<>();
    long begin = System.nanoTime();
    while (!opened.isEmpty()) {
      Closing closing = opened.pop();
      Duration rest = timeout.multipliedBy(2).minusNanos(System.nanoTime() - begin);
      if (!closes(closing, patience(rest))) {
        left.add(closing.what);
      }
    }
    return left;
  }

  /** Even the last one gets a moment: most need no more. */
  private Duration patience(Duration rest) {
    Duration most = rest.compareTo(timeout) < 0 ? rest : timeout;
    return most.compareTo(MOMENT) < 0 ? MOMENT : most;
  }

  private boolean closes(Closing closing, Duration patience) {
    LOG.debug("Closing {}", closing.what);
    try {
      begin(closing).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      LOG.warn("{} has not closed within {}; going on without it", closing.what, patience);
    } catch (ExecutionException e) {
      // Without the stack: where classes are gone, those that log one may be, too.
      LOG.warn("{} failed to close: {}", closing.what, String.valueOf(e.getCause()));
      LOG.debug("{} failed to close", closing.what, e);
    } catch (InterruptedException e) {
      LOG.warn("Nobody waits for {} to close", closing.what);
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** On a thread of its own: it may block where it should not, and throw what it likes. */
  private static CompletableFuture<Void> begin(Closing closing) {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("lookout-close")
        .start(() -> {
          try {
            closing
                .close
                .get()
                .onComplete(done -> closed.complete(null), closed::completeExceptionally);
          } catch (RuntimeException | Error e) {
            closed.completeExceptionally(e);
          }
        });
    return closed;
  }
}
