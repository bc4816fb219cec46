package io.lookout.model.histogram;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A native histogram as Prometheus has them since 2.40, with custom buckets since 3.0. Immutable:
 * operations return new histograms, and nobody writes to the arrays after construction.
 *
 * <p>Counts are doubles and absolute (not deltas), also where the sender counted in integers:
 * {@code integer} remembers that. Buckets are sparse: spans say which indices the entries of the
 * bucket arrays have.
 *
 * <p>Source: {@code prompb/types.proto} and the native histogram specification of Prometheus.
 *
 * @param schema −4 to 8 for exponential buckets (growth factor 2^(2^−schema)), {@value
 *     #CUSTOM_BUCKETS_SCHEMA} for custom ones
 * @param customValues upper bounds of custom buckets, ascending, without +Inf; empty for
 *     exponential ones
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Columns of numbers; equals and hashCode below compare contents.
public record NativeHistogram(
    int schema,
    CounterReset counterReset,
    boolean integer,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    List<Span> positiveSpans,
    double[] positiveBuckets,
    List<Span> negativeSpans,
    double[] negativeBuckets,
    double[] customValues) {

  /** The schema number of histograms whose bucket bounds are listed. */
  public static final int CUSTOM_BUCKETS_SCHEMA = -53;

  /** What the sender knows of a reset between the sample before and this one. */
  public enum CounterReset {
    UNKNOWN,
    YES,
    NO,
    GAUGE
  }

  /**
   * A run of {@code length} consecutive buckets, {@code offset} after the end of the run before
   * (for the first run: the index of its first bucket).
   */
  public record Span(int offset, int length) {}

  public NativeHistogram {
    positiveSpans = List.copyOf(positiveSpans);
    negativeSpans = List.copyOf(negativeSpans);
  }

  public boolean hasCustomBuckets() {
    return schema == CUSTOM_BUCKETS_SCHEMA;
  }

  /** The same histogram under another counter reset hint. */
  public NativeHistogram with(CounterReset hint) {
    return hint == counterReset
        ? this
        : new NativeHistogram(
            schema,
            hint,
            integer,
            zeroThreshold,
            zeroCount,
            count,
            sum,
            positiveSpans,
            positiveBuckets,
            negativeSpans,
            negativeBuckets,
            customValues);
  }

  /** The same buckets before anything was observed. */
  public NativeHistogram emptied() {
    return new NativeHistogram(
        schema,
        CounterReset.UNKNOWN,
        integer,
        zeroThreshold,
        0,
        0,
        0,
        List.of(),
        new double[0],
        List.of(),
        new double[0],
        customValues);
  }

  /** As PromQL prints it: {@code {count:3, sum:5, (1,2]:3}}. */
  @Override
  public String toString() {
    return HistogramText.of(this);
  }

  /** Of contents, bit by bit. {@link HistogramEquality} compares as PromQL does. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NativeHistogram h
        && schema == h.schema
        && counterReset == h.counterReset
        && integer == h.integer
        && same(zeroThreshold, h.zeroThreshold)
        && same(zeroCount, h.zeroCount)
        && same(count, h.count)
        && same(sum, h.sum)
        && positiveSpans.equals(h.positiveSpans)
        && negativeSpans.equals(h.negativeSpans)
        && Arrays.equals(positiveBuckets, h.positiveBuckets)
        && Arrays.equals(negativeBuckets, h.negativeBuckets)
        && Arrays.equals(customValues, h.customValues);
  }

  private static boolean same(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  @Override
  public int hashCode() {
    return Objects.hash(schema, count, sum, positiveSpans, Arrays.hashCode(positiveBuckets));
  }
}
