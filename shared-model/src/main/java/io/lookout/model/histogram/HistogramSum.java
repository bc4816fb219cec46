package io.lookout.model.histogram;

import io.lookout.model.histogram.NativeHistogram.CounterReset;
import java.util.Arrays;

/**
 * A histogram that others are added to, with compensated counts. Differences in resolution, zero
 * bucket and custom bounds are reconciled to what both sides can be expressed in:
 *
 * <ul>
 *   <li>the coarser schema of the two,
 *   <li>a zero bucket that cuts through no bucket of either ({@link ZeroBucket}),
 *   <li>the custom bounds that both have.
 * </ul>
 *
 * Mutable and not thread-safe; the histograms given are never changed.
 */
public final class HistogramSum {
  private final boolean custom;
  private int schema;
  private CounterReset counterReset;
  private boolean resetSeen;
  private boolean noResetSeen;
  private boolean boundsReconciled;
  private final ZeroBucket zero;
  private double count;
  private double countCompensation;
  private double sum;
  private double sumCompensation;
  private IndexedBuckets positive;
  private final IndexedBuckets negative;
  private double[] bounds;

  public HistogramSum(NativeHistogram first) {
    custom = first.hasCustomBuckets();
    schema = first.schema();
    counterReset = first.counterReset();
    see(first.counterReset());
    zero = new ZeroBucket(first.zeroThreshold(), first.zeroCount());
    count = first.count();
    sum = first.sum();
    positive = IndexedBuckets.of(first.positiveSpans(), first.positiveBuckets());
    negative = IndexedBuckets.of(first.negativeSpans(), first.negativeBuckets());
    bounds = first.customValues();
  }

  /** Whether the other can be added: histograms with and without custom buckets do not mix. */
  public boolean accepts(NativeHistogram other) {
    return custom == other.hasCustomBuckets();
  }

  /** The same of another sum. */
  public boolean accepts(HistogramSum other) {
    return custom == other.custom;
  }

  /**
   * Adds a histogram.
   *
   * @throws IllegalArgumentException where it is not {@linkplain #accepts accepted}
   */
  public void add(NativeHistogram other) {
    combine(other, 1);
  }

  /** Takes a histogram away, as {@link #add} adds it. */
  public void subtract(NativeHistogram other) {
    combine(other, -1);
  }

  /** Adds another sum, and what it saw. */
  public void add(HistogramSum other) {
    add(other.result());
    resetSeen |= other.resetSeen;
    noResetSeen |= other.noResetSeen;
    boundsReconciled |= other.boundsReconciled;
  }

  private void combine(NativeHistogram other, double sign) {
    if (!accepts(other)) {
      throw new IllegalArgumentException("custom and exponential buckets cannot be added");
    }
    see(other.counterReset());
    counterReset = combined(counterReset, other.counterReset());
    addCount(sign * other.count());
    addSum(sign * other.sum());
    if (custom) {
      combineCustom(other, sign);
    } else {
      combineExponential(other, sign);
    }
  }

  private void addCount(double increment) {
    countCompensation = KahanSum.compensation(count, increment, countCompensation);
    count += increment;
  }

  private void addSum(double increment) {
    sumCompensation = KahanSum.compensation(sum, increment, sumCompensation);
    sum += increment;
  }

  private void combineCustom(NativeHistogram other, double sign) {
    IndexedBuckets theirs = IndexedBuckets.of(other.positiveSpans(), other.positiveBuckets());
    if (!CustomBounds.same(bounds, other.customValues())) {
      boundsReconciled = true;
      double[] common = CustomBounds.common(bounds, other.customValues());
      positive = positive.rebound(bounds, common);
      theirs = theirs.rebound(other.customValues(), common);
      bounds = common;
    }
    positive.add(theirs, 0, sign);
  }

  private void combineExponential(NativeHistogram other, double sign) {
    IndexedBuckets theirPositive =
        IndexedBuckets.of(other.positiveSpans(), other.positiveBuckets());
    IndexedBuckets theirNegative =
        IndexedBuckets.of(other.negativeSpans(), other.negativeBuckets());
    ZeroBucket theirZero = new ZeroBucket(other.zeroThreshold(), other.zeroCount());
    reconcileZero(theirZero, theirPositive, theirNegative, other.schema());
    zero.add(sign * theirZero.count);
    if (other.schema() < schema) {
      positive.coarsen(schema, other.schema());
      negative.coarsen(schema, other.schema());
      schema = other.schema();
    } else if (other.schema() > schema) {
      theirPositive.coarsen(other.schema(), schema);
      theirNegative.coarsen(other.schema(), schema);
    }
    positive.add(theirPositive, theirPositive.below(zero.threshold, schema), sign);
    negative.add(theirNegative, theirNegative.below(zero.threshold, schema), sign);
  }

  private void reconcileZero(
      ZeroBucket theirs, IndexedBuckets theirPositive, IndexedBuckets theirNegative, int their) {
    double theirCount = theirs.count;
    while (theirs.threshold != zero.threshold) {
      if (zero.threshold > theirs.threshold) {
        theirs.count = theirCount;
        theirs.widen(zero.threshold, theirPositive, theirNegative, their);
      }
      if (theirs.threshold > zero.threshold) {
        zero.widen(theirs.threshold, positive, negative, schema);
        positive.dropFirst(zero.within(positive, schema));
        negative.dropFirst(zero.within(negative, schema));
      }
    }
  }

  /** Multiplies everything, as PromQL's {@code *} does, the counter reset hint apart. */
  void scale(double factor) {
    zero.count *= factor;
    zero.compensation *= factor;
    count *= factor;
    countCompensation *= factor;
    sum *= factor;
    sumCompensation *= factor;
    positive.scale(factor);
    negative.scale(factor);
  }

  /** Divides everything by what is not 0. */
  void divide(double divisor) {
    zero.count /= divisor;
    zero.compensation /= divisor;
    count /= divisor;
    countCompensation /= divisor;
    sum /= divisor;
    sumCompensation /= divisor;
    positive.divide(divisor);
    negative.divide(divisor);
  }

  /** Whether a count or the sum may leave the range of doubles when another is added. */
  boolean mayOverflow(NativeHistogram other) {
    return isLarge(count)
        || isLarge(sum)
        || isLarge(zero.count)
        || areLarge(positive.counts, positive.size)
        || areLarge(negative.counts, negative.size)
        || isLarge(other.count())
        || isLarge(other.sum())
        || isLarge(other.zeroCount())
        || areLarge(other.positiveBuckets(), other.positiveBuckets().length)
        || areLarge(other.negativeBuckets(), other.negativeBuckets().length);
  }

  private static boolean areLarge(double[] values, int size) {
    for (int i = 0; i < size; i++) {
      if (isLarge(values[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLarge(double value) {
    return Math.abs(value) > Double.MAX_VALUE / 2;
  }

  private void see(CounterReset reset) {
    resetSeen |= reset == CounterReset.YES;
    noResetSeen |= reset == CounterReset.NO;
  }

  /** Whether some say that they come after a counter reset, and others that they do not. */
  public boolean resetsConflict() {
    return resetSeen && noResetSeen;
  }

  /** Whether custom bounds differed, so that only the common ones are left. */
  public boolean boundsReconciled() {
    return boundsReconciled;
  }

  /** The same, and forgets it: what is asked later is about what happens from here on. */
  public boolean takeBoundsReconciled() {
    boolean reconciled = boundsReconciled;
    boundsReconciled = false;
    return reconciled;
  }

  /** A gauge makes a gauge; hints that differ are no hint. */
  static CounterReset combined(CounterReset a, CounterReset b) {
    if (a == b) {
      return a;
    }
    return a == CounterReset.GAUGE || b == CounterReset.GAUGE
        ? CounterReset.GAUGE
        : CounterReset.UNKNOWN;
  }

  /** The sum so far, with the lost bits put back, without empty buckets. */
  public NativeHistogram result() {
    positive.compact();
    negative.compact();
    return new NativeHistogram(
        schema,
        counterReset,
        false,
        zero.threshold,
        zero.count + zero.compensation,
        count + countCompensation,
        sum + sumCompensation,
        positive.spans(),
        positive.buckets(),
        negative.spans(),
        negative.buckets(),
        bounds);
  }

  /** The sum so far as plain addition has it, without compensation. */
  public NativeHistogram plainResult() {
    zero.compensation = 0;
    countCompensation = 0;
    sumCompensation = 0;
    Arrays.fill(positive.compensations, 0);
    Arrays.fill(negative.compensations, 0);
    return result();
  }
}
