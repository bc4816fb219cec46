package io.lookout.app.node;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

  void close() {
    while (!opened.isEmpty()) {
      close(opened.pop());
    }
  }

  private void close(Closing closing) {
    LOG.debug("Closing {}", closing.what);
    try {
      closing.close.get().await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("{} has not closed within {}; going on without it", closing.what, timeout);
    } catch (RuntimeException e) {
      LOG.warn("{} failed to close", closing.what, e);
    }
  }
}
