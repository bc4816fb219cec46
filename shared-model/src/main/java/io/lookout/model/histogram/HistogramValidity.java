package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.List;

/** What a histogram from outside must fulfil before it is stored. */
public final class HistogramValidity {
  private static final int MIN_SCHEMA = -4;
  private static final int MAX_SCHEMA = 8;

  private HistogramValidity() {}

  /** Whether buckets of this schema grow by the factor 2^(2^−schema). */
  public static boolean isExponentialSchema(int schema) {
    return schema >= MIN_SCHEMA && schema <= MAX_SCHEMA;
  }

  /**
   * Checks schema, spans, bounds and counts, as Prometheus does when it takes a histogram in.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static void check(NativeHistogram h) {
    if (h.hasCustomBuckets()) {
      checkCustom(h);
    } else if (!isExponentialSchema(h.schema())) {
      throw new IllegalArgumentException("histogram has an unknown schema: " + h.schema());
    } else if (h.customValues().length > 0) {
      throw new IllegalArgumentException("histogram with exponential schema has custom bounds");
    } else if (h.zeroThreshold() < 0) {
      throw new IllegalArgumentException("histogram has a negative zero threshold");
    }
    requireMatchingSpans(h.positiveSpans(), h.positiveBuckets().length);
    requireMatchingSpans(h.negativeSpans(), h.negativeBuckets().length);
    checkCounts(h);
  }

  private static void checkCustom(NativeHistogram h) {
    if (h.zeroCount() != 0 || h.zeroThreshold() != 0) {
      throw new IllegalArgumentException("histogram with custom buckets has a zero bucket");
    }
    if (!h.negativeSpans().isEmpty() || h.negativeBuckets().length > 0) {
      throw new IllegalArgumentException("histogram with custom buckets has negative buckets");
    }
    double before = Double.NEGATIVE_INFINITY;
    for (double bound : h.customValues()) {
      if (!(bound > before) || bound == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("custom bounds do not ascend at " + bound);
      }
      before = bound;
    }
    long index = 0;
    for (Span span : h.positiveSpans()) {
      index += span.offset();
      if (index < 0) {
        throw new IllegalArgumentException("custom buckets begin below the first bound");
      }
      index += span.length();
    }
    if (index > h.customValues().length + 1L) {
      throw new IllegalArgumentException("histogram has more buckets than custom bounds");
    }
  }

  private static void checkCounts(NativeHistogram h) {
    double inBuckets = h.zeroCount();
    for (double[] buckets : List.of(h.negativeBuckets(), h.positiveBuckets())) {
      for (double bucket : buckets) {
        if (bucket < 0 && h.counterReset() != NativeHistogram.CounterReset.GAUGE) {
          throw new IllegalArgumentException("histogram has a negative bucket count: " + bucket);
        }
        inBuckets += bucket;
      }
    }
    // Observations of NaN are in the count and in no bucket.
    boolean agrees = Double.isNaN(h.sum()) ? inBuckets <= h.count() : inBuckets == h.count();
    if (h.integer() && !agrees) {
      throw new IllegalArgumentException(
          "histogram counts " + inBuckets + " in its buckets and " + h.count() + " in all");
    }
  }

  /**
   * Checks that the spans name as many buckets as there are and that runs do not overlap.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  public static void requireMatchingSpans(List<Span> spans, int buckets) {
    long named = 0;
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (span.length() < 0 || (i > 0 && span.offset() < 0)) {
        throw new IllegalArgumentException("bad histogram span: " + span);
      }
      named += span.length();
    }
    if (named != buckets) {
      throw new IllegalArgumentException(
          "histogram spans name " + named + " buckets where there are " + buckets);
    }
  }
}
