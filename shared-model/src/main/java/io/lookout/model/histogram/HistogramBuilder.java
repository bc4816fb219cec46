package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.List;

/** Puts a histogram together whose buckets lie side by side. Everything is 0 or empty at first. */
public final class HistogramBuilder {
  private static final double[] NONE = {};

  private int schema;
  private CounterReset counterReset = CounterReset.UNKNOWN;
  private double zeroThreshold;
  private double zeroCount;
  private double count;
  private double sum;
  private List<Span> positiveSpans = List.of();
  private double[] positiveBuckets = NONE;
  private List<Span> negativeSpans = List.of();
  private double[] negativeBuckets = NONE;
  private double[] customValues = NONE;

  public HistogramBuilder schema(int value) {
    schema = value;
    return this;
  }

  /** Custom buckets that end at these bounds, and one above them. */
  public HistogramBuilder bounds(double... values) {
    schema = NativeHistogram.CUSTOM_BUCKETS_SCHEMA;
    customValues = values;
    return this;
  }

  public HistogramBuilder counterReset(CounterReset value) {
    counterReset = value;
    return this;
  }

  public HistogramBuilder zero(double threshold, double zeros) {
    zeroThreshold = threshold;
    zeroCount = zeros;
    return this;
  }

  public HistogramBuilder count(double value) {
    count = value;
    return this;
  }

  public HistogramBuilder sum(double value) {
    sum = value;
    return this;
  }

  /** Positive buckets from the index {@code first} on. */
  public HistogramBuilder positive(int first, double... counts) {
    positiveSpans = spans(first, counts);
    positiveBuckets = counts;
    return this;
  }

  /** Negative buckets from the index {@code first} on, away from zero. */
  public HistogramBuilder negative(int first, double... counts) {
    negativeSpans = spans(first, counts);
    negativeBuckets = counts;
    return this;
  }

  private static List<Span> spans(int first, double[] counts) {
    return counts.length == 0 ? List.of() : List.of(new Span(first, counts.length));
  }

  public NativeHistogram build() {
    return new NativeHistogram(
        schema,
        counterReset,
        false,
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
}
