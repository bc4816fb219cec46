package io.lookout.query.promql.exec;

import io.lookout.model.LookoutException;

/** Tells an evaluation to stop. Asked once a series, from all threads. */
@FunctionalInterface
public interface Cancellation {
  Cancellation NEVER = () -> {};

  /**
   * Returns while the evaluation is to go on.
   *
   * @throws LookoutException with {@code CANCELED} or {@code TIMEOUT} where it is to stop
   */
  void check();
}
