package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.CounterReset;

/**
 * PromQL's trimming operators: only the observations on one side of a value. The bucket that holds
 * the value is split as {@link HistogramFraction} would; the sum is estimated anew from the middles
 * of the buckets, unless nothing was trimmed.
 */
public final class HistogramTrim {
  private final NativeHistogram h;
  private final double cut;
  private final boolean keepBelow;
  private double count;
  private double sum;
  private boolean trimmed;

  private HistogramTrim(NativeHistogram h, double cut, boolean keepBelow) {
    this.h = h;
    this.cut = cut;
    this.keepBelow = keepBelow;
  }

  /** {@code h </ cut}: what is at most the value. */
  public static NativeHistogram below(NativeHistogram h, double cut) {
    return new HistogramTrim(h, cut, true).trim();
  }

  /** {@code h >/ cut}: what is at least the value. */
  public static NativeHistogram above(NativeHistogram h, double cut) {
    return new HistogramTrim(h, cut, false).trim();
  }

  private NativeHistogram trim() {
    IndexedBuckets positive = IndexedBuckets.of(h.positiveSpans(), h.positiveBuckets());
    IndexedBuckets negative = IndexedBuckets.of(h.negativeSpans(), h.negativeBuckets());
    boolean hasPositive = !isEmpty(positive);
    boolean hasNegative = !isEmpty(negative);
    trimSide(positive, true);
    trimSide(negative, false);
    double zeroCount = h.zeroCount();
    if (zeroCount > 0) {
      zeroCount =
          trimZero(
              hasPositive && !hasNegative ? 0 : -h.zeroThreshold(),
              hasNegative && !hasPositive ? 0 : h.zeroThreshold());
    }
    return trimmed ? result(positive, negative, zeroCount) : h;
  }

  private NativeHistogram result(
      IndexedBuckets positive, IndexedBuckets negative, double zeroCount) {
    positive.compact();
    negative.compact();
    CounterReset hint = h.counterReset();
    return new NativeHistogram(
        h.schema(),
        hint,
        false,
        h.zeroThreshold(),
        zeroCount,
        count,
        sum,
        positive.spans(),
        positive.buckets(),
        negative.spans(),
        negative.buckets(),
        h.customValues());
  }

  private static boolean isEmpty(IndexedBuckets buckets) {
    for (int i = 0; i < buckets.size; i++) {
      if (buckets.counts[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void trimSide(IndexedBuckets buckets, boolean positive) {
    for (int i = 0; i < buckets.size; i++) {
      if (buckets.counts[i] != 0) {
        double inner = BucketBounds.lower(h, buckets.indexes[i]);
        double outer = BucketBounds.upper(h, buckets.indexes[i]);
        Kept kept =
            positive
                ? keep(inner, outer, buckets.counts[i], true)
                : keep(-outer, -inner, buckets.counts[i], false);
        trimmed |= kept.count != buckets.counts[i];
        buckets.counts[i] = kept.count;
        count += kept.count;
        sum += kept.middle * kept.count;
      }
    }
  }

  /** What is left of a bucket, and around which value. */
  private record Kept(double count, double middle) {
    static final Kept NOTHING = new Kept(0, 0);
  }

  private Kept keep(double lower, double upper, double inBucket, boolean positive) {
    if (keepBelow ? upper <= cut : lower >= cut) {
      return new Kept(inBucket, middle(lower, upper, positive));
    }
    if (keepBelow ? !(lower < cut) : !(upper > cut)) {
      return Kept.NOTHING;
    }
    if (lower == Double.NEGATIVE_INFINITY) {
      return keepOfLowest(upper, inBucket);
    }
    if (upper == Double.POSITIVE_INFINITY) {
      // Nobody knows how far up the observations reach: none below the cut, all above it.
      return keepBelow ? Kept.NOTHING : new Kept(inBucket, cut);
    }
    double below = inBucket * fractionBelow(lower, upper, positive);
    return keepBelow
        ? new Kept(below, middle(lower, cut, positive))
        : new Kept(inBucket - below, middle(cut, upper, positive));
  }

  /** Of the bucket that begins at −Inf: at 0, where it ends above 0 and the cut is there too. */
  private Kept keepOfLowest(double upper, double inBucket) {
    boolean finite = upper != Double.POSITIVE_INFINITY;
    if (keepBelow) {
      if (cut > 0 && upper > 0 && finite) {
        return new Kept(inBucket * cut / upper, cut / 2);
      }
      return upper <= 0 ? new Kept(inBucket, cut) : Kept.NOTHING;
    }
    return cut >= 0 && finite
        ? new Kept(inBucket * (1 - cut / upper), (cut + upper) / 2)
        : Kept.NOTHING;
  }

  private double fractionBelow(double lower, double upper, boolean positive) {
    if (h.hasCustomBuckets()) {
      return (cut - lower) / (upper - lower);
    }
    double logLower = Log2.of(Math.abs(lower));
    double logUpper = Log2.of(Math.abs(upper));
    double logCut = Log2.of(Math.abs(cut));
    return positive
        ? (logCut - logLower) / (logUpper - logLower)
        : 1 - (logCut - logUpper) / (logLower - logUpper);
  }

  private double middle(double lower, double upper, boolean positive) {
    if (Double.isInfinite(lower)) {
      if (Double.isInfinite(upper)) {
        return 0;
      }
      return upper > 0 ? upper / 2 : upper;
    }
    if (Double.isInfinite(upper)) {
      return lower;
    }
    if (h.hasCustomBuckets()) {
      return (lower + upper) / 2;
    }
    double geometric = Math.sqrt(Math.abs(lower * upper));
    return positive ? geometric : -geometric;
  }

  /** Splits the zero bucket evenly; gives its new count. */
  private double trimZero(double lower, double upper) {
    if (Double.isNaN(cut)) {
      // There are no observations on either side of NaN, but a part of this bucket is NaN too.
      trimmed = true;
      count = cut;
      sum = cut;
      return cut;
    }
    double from = keepBelow ? lower : Math.clamp(cut, lower, upper);
    double to = keepBelow ? Math.clamp(cut, lower, upper) : upper;
    double kept = from < to || (lower == upper && zeroKept()) ? kept(from, to, lower, upper) : 0;
    trimmed |= kept != h.zeroCount();
    count += kept;
    sum += kept * ((from + to) / 2);
    return kept;
  }

  private boolean zeroKept() {
    return keepBelow ? cut > 0 : cut <= 0;
  }

  private double kept(double from, double to, double lower, double upper) {
    return from == lower && to == upper
        ? h.zeroCount()
        : h.zeroCount() * ((to - from) / (upper - lower));
  }
}
