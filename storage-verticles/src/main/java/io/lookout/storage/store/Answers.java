package io.lookout.storage.store;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the answers of a store, on a thread that may. */
public final class Answers {
  private static final long PATIENCE_MINUTES = 10;

  private Answers() {}

  /**
   * @throws LookoutException where the future fails, or takes too long
   */
  public static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LookoutException known
          ? known
          : new LookoutException(ErrorCode.INTERNAL, "the block store failed: " + e, e);
    } catch (TimeoutException e) {
      throw new LookoutException(ErrorCode.TIMEOUT, "the block store does not answer", e);
    }
  }
}
