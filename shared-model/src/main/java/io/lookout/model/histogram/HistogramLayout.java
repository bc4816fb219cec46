package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.List;

/** The buckets of a histogram in another arrangement, with the same observations. */
public final class HistogramLayout {
  private HistogramLayout() {}

  /** Without empty buckets; each gap between buckets is one between spans. */
  public static NativeHistogram compact(NativeHistogram h) {
    return isCompact(h) ? h : rebuilt(h, h.schema());
  }

  /**
   * With buckets of a coarser schema.
   *
   * @param schema at most that of the histogram, which must not have custom buckets
   */
  public static NativeHistogram coarsen(NativeHistogram h, int schema) {
    if (h.hasCustomBuckets() || schema > h.schema()) {
      throw new IllegalArgumentException("no way from schema " + h.schema() + " to " + schema);
    }
    return schema == h.schema() ? h : rebuilt(h, schema);
  }

  /** Without any observation; resolution and custom bounds are those of another histogram. */
  public static NativeHistogram emptyLike(NativeHistogram h) {
    return new NativeHistogram(
        h.schema(),
        NativeHistogram.CounterReset.UNKNOWN,
        false,
        0,
        0,
        0,
        0,
        List.of(),
        new double[0],
        List.of(),
        new double[0],
        h.customValues());
  }

  private static boolean isCompact(NativeHistogram h) {
    for (double bucket : h.positiveBuckets()) {
      if (bucket == 0) {
        return false;
      }
    }
    for (double bucket : h.negativeBuckets()) {
      if (bucket == 0) {
        return false;
      }
    }
    return haveGaps(h.positiveSpans()) && haveGaps(h.negativeSpans());
  }

  private static boolean haveGaps(List<Span> spans) {
    for (int i = 0; i < spans.size(); i++) {
      if (spans.get(i).length() == 0 || (i > 0 && spans.get(i).offset() == 0)) {
        return false;
      }
    }
    return true;
  }

  private static NativeHistogram rebuilt(NativeHistogram h, int schema) {
    IndexedBuckets positive = IndexedBuckets.of(h.positiveSpans(), h.positiveBuckets());
    IndexedBuckets negative = IndexedBuckets.of(h.negativeSpans(), h.negativeBuckets());
    if (schema < h.schema()) {
      positive.coarsen(h.schema(), schema);
      negative.coarsen(h.schema(), schema);
    }
    positive.compact();
    negative.compact();
    return new NativeHistogram(
        schema,
        h.counterReset(),
        h.integer(),
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        positive.spans(),
        positive.buckets(),
        negative.spans(),
        negative.buckets(),
        h.customValues());
  }
}
