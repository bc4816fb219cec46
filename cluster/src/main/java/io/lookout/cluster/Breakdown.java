package io.lookout.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a role says that the process must end, because only a start repairs what has failed.
 * Thread-safe.
 */
public final class Breakdown {
  private final CompletableFuture<String> reported = new CompletableFuture<>();

  /**
   * @param what has failed; only the first is told
   */
  public void report(String what) {
    reported.complete(what);
  }

  /** Completes with what has failed. */
  public CompletionStage<String> reported() {
    return reported.minimalCompletionStage();
  }
}
