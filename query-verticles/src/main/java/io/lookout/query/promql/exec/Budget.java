package io.lookout.query.promql.exec;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.query.promql.value.SeriesSteps;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what an evaluation takes, and stops it where that is too much or no longer wanted. */
final class Budget {
  /** About what one takes, with its buckets. */
  private static final int BYTES_A_HISTOGRAM = 512;

  private final Limits limits;
  private final Cancellation cancellation;
  private final LongAdder samples = new LongAdder();
  private final LongAdder bytes = new LongAdder();

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
          "query processing would load too many samples into memory in query execution:"
              + " query.samples.max is "
              + limits.maxSamples());
    }
  }

  /** To be called before a result of so many points is made. */
  void points(long n) {
    if (n > limits.maxPoints()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "query result would have more points than query.result.points.max ("
              + limits.maxPoints()
              + ") allows");
    }
  }

  /** To be called when a series is kept, whole, until others have been computed. */
  void keep(SeriesSteps series) {
    @Nullable NativeHistogram[] histograms = series.histograms;
    long taken = 8L * series.size();
    if (histograms != null) {
      for (NativeHistogram histogram : histograms) {
        taken += histogram == null ? 8 : BYTES_A_HISTOGRAM;
      }
    }
    take(taken);
  }

  /** The same of so many floats. */
  void keepFloats(long n) {
    take(8 * n);
  }

  private void take(long taken) {
    bytes.add(taken);
    if (limits.maxBytes() != Long.MAX_VALUE && bytes.sum() > limits.maxBytes()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "query keeps more than query.memory.max ("
              + limits.maxBytes()
              + ") bytes of intermediate values: ask for fewer series or a larger step");
    }
  }

  /** All that was kept, whether it still is or not. */
  long bytesKept() {
    return bytes.sum();
  }

  long samplesRead() {
    return samples.sum();
  }
}
