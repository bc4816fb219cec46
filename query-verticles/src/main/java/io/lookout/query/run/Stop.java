package io.lookout.query.run;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.query.promql.exec.Cancellation;

/** Whether a query is to go on: until its time is up, or nobody waits for it. Thread-safe. */
public final class Stop implements Cancellation {
  private final long deadlineNanos;
  private volatile boolean canceled;

  /**
   * @param timeoutNanos from now
   */
  Stop(long timeoutNanos) {
    this.deadlineNanos = System.nanoTime() + timeoutNanos;
  }

  /** Nobody waits for the answer any more. */
  void cancel() {
    canceled = true;
  }

  @Override
  public void check() {
    if (canceled) {
      throw new LookoutException(ErrorCode.CANCELED, "query was canceled in expression evaluation");
    }
    if (remainingNanos() <= 0) {
      throw timedOutQuery();
    }
  }

  static LookoutException canceledQuery() {
    return new LookoutException(ErrorCode.CANCELED, "query was canceled in expression evaluation");
  }

  static LookoutException timedOutQuery() {
    return new LookoutException(
        ErrorCode.TIMEOUT,
        "query timed out in expression evaluation: query.timeout, or what the request asks for");
  }

  long remainingNanos() {
    return deadlineNanos - System.nanoTime();
  }
}
