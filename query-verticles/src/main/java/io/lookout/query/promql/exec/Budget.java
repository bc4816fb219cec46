package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.util.concurrent.atomic.LongAdder;

/** Counts what an evaluation takes, and stops it where that is too much or no longer wanted. */
final class Budget {
  private final Limits limits;
  private final Cancellation cancellation;
  private final LongAdder samples = new LongAdder();

  Budget(Limits limits, Cancellation cancellation) {
    this.limits = limits;
    this.cancellation = cancellation;
  }

  /** To be called before a series is read. */
  void check() {
    cancellation.check();
  }

  /** To be called after samples were read. */
  void samples(int n) {
    samples.add(n);
    if (limits.maxSamples() != Long.MAX_VALUE && samples.sum() > limits.maxSamples()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "query processing would load too many samples into memory in query execution");
    }
  }

  /** To be called before a result of so many points is made. */
  void points(long n) {
    if (n > limits.maxPoints()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "query result would have more than the allowed " + limits.maxPoints() + " points");
    }
  }

  long samplesRead() {
    return samples.sum();
  }
}
