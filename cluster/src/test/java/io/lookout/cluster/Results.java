package io.lookout.cluster;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What futures come to, for tests outside an event loop. */
public final class Results {
  private Results() {}

  /** Waits, and throws what the future failed with. */
  public static <T> T of(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still not complete after 60 s", e);
    }
  }
}
