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

  private final Duration timeout;
  private final Deque<Closing> opened = new ArrayDeque<>();

  private record Closing(String what, Supplier<? extends Future<?>> close) {}

  /**
   * @param timeout for each by itself
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
    while (!opened.isEmpty()) {
      Closing closing = opened.pop();
      if (!closes(closing)) {
        left.add(closing.what);
      }
    }
    return left;
  }

  private boolean closes(Closing closing) {
    LOG.debug("Closing {}", closing.what);
    try {
      begin(closing).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      LOG.warn("{} has not closed within {}; going on without it", closing.what, timeout);
    } catch (ExecutionException e) {
      LOG.warn("{} failed to close", closing.what, e.getCause());
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
