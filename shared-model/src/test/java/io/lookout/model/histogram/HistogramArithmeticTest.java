package io.lookout.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lookout.model.histogram.HistogramArithmetic.Combined;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistogramArithmeticTest {
  @Test
  void addsBucketByBucket() {
    NativeHistogram a = histogram().count(4).sum(5).positive(0, 1, 2, 1).build();
    NativeHistogram b = histogram().count(6).sum(9).positive(2, 1, 5).negative(0, 3).build();
    NativeHistogram sum = HistogramArithmetic.add(a, b).histogram();
    assertThat(sum)
        .isEqualTo(histogram().count(10).sum(14).positive(0, 1, 2, 2, 5).negative(0, 3).build());
  }

  @Test
  void leavesGapsBetweenSpans() {
    NativeHistogram sum =
        HistogramArithmetic.add(
                histogram().positive(-3, 1).build(), histogram().positive(4, 2, 0, 7).build())
            .histogram();
    assertThat(sum.positiveSpans())
        .containsExactly(new Span(-3, 1), new Span(6, 1), new Span(1, 1));
    assertThat(sum.positiveBuckets()).containsExactly(1, 2, 7);
  }

  @Test
  void takesTheCoarserSchema() {
    NativeHistogram fine = histogram().schema(1).count(6).positive(1, 1, 2, 3).build();
    NativeHistogram coarse = histogram().count(1).positive(1, 1).build();
    NativeHistogram expected = histogram().count(7).positive(1, 4, 3).build();
    assertThat(HistogramArithmetic.add(fine, coarse).histogram()).isEqualTo(expected);
    assertThat(HistogramArithmetic.add(coarse, fine).histogram()).isEqualTo(expected);
  }

  @Test
  void widensTheZeroBucketToTheEndOfTheBucketItCuts() {
    NativeHistogram narrow = histogram().zero(0.001, 2).positive(-1, 3, 4).build();
    NativeHistogram wide = histogram().zero(0.3, 5).positive(1, 1).build();
    NativeHistogram sum = HistogramArithmetic.add(narrow, wide).histogram();
    assertThat(sum.zeroThreshold()).isEqualTo(0.5);
    assertThat(sum.zeroCount()).isEqualTo(10);
    assertThat(sum.positiveSpans()).containsExactly(new Span(0, 2));
    assertThat(sum.positiveBuckets()).containsExactly(4, 1);
    assertThat(HistogramArithmetic.add(wide, narrow).histogram()).isEqualTo(sum);
  }

  @Test
  void widensTheZeroBucketOfBothUntilItCutsNoBucket() {
    NativeHistogram a = histogram().zero(0.3, 1).negative(-2, 2, 0, 5).build();
    NativeHistogram b = histogram().zero(0.1, 1).positive(-2, 3, 3).negative(-3, 4).build();
    NativeHistogram sum = HistogramArithmetic.add(a, b).histogram();
    assertThat(sum.zeroThreshold()).isEqualTo(0.5);
    assertThat(sum.zeroCount()).isEqualTo(1 + 1 + 2 + 4 + 3 + 3);
    assertThat(sum.negativeBuckets()).containsExactly(5);
    assertThat(sum.positiveBuckets()).isEmpty();
  }

  @Test
  void reconcilesCustomBoundsToTheCommonOnes() {
    NativeHistogram a = histogram().bounds(2, 4, 6).count(15).positive(0, 1, 2, 5, 7).build();
    NativeHistogram b = histogram().bounds(1, 4, 5).count(10).positive(0, 1, 2, 3, 4).build();
    Combined sum = HistogramArithmetic.add(a, b);
    assertThat(sum.boundsReconciled()).isTrue();
    assertThat(sum.histogram().customValues()).containsExactly(4);
    assertThat(sum.histogram().positiveBuckets()).containsExactly(6, 19);
    assertThat(HistogramArithmetic.add(a, a).boundsReconciled()).isFalse();
  }

  @Test
  void sumsOfPartsKnowWhatThePartsSaw() {
    HistogramSum early = new HistogramSum(hinted(CounterReset.YES));
    early.add(hinted(CounterReset.UNKNOWN));
    HistogramSum late = new HistogramSum(hinted(CounterReset.NO));
    late.add(hinted(CounterReset.UNKNOWN));
    assertThat(early.accepts(late)).isTrue();
    early.add(late);
    assertThat(early.resetsConflict()).isTrue();
    assertThat(early.result().count()).isEqualTo(4);
  }

  private static NativeHistogram hinted(CounterReset reset) {
    return histogram().count(1).positive(0, 1).build().with(reset);
  }

  @Test
  void tellsOfReconciledBoundsOnce() {
    HistogramSum sum = new HistogramSum(histogram().bounds(2, 4).build());
    sum.add(histogram().bounds(2, 6).build());
    assertThat(sum.takeBoundsReconciled()).isTrue();
    assertThat(sum.takeBoundsReconciled()).isFalse();
  }

  @Test
  void refusesToMixCustomAndExponentialBuckets() {
    NativeHistogram custom = histogram().bounds(2).build();
    NativeHistogram exponential = histogram().build();
    assertThat(HistogramArithmetic.compatible(custom, exponential)).isFalse();
    assertThatThrownBy(() -> HistogramArithmetic.add(custom, exponential))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void subtractsAndDropsWhatBecomesEmpty() {
    NativeHistogram a = histogram().count(9).sum(3).zero(0.1, 4).positive(0, 3, 2, 0).build();
    NativeHistogram b = histogram().count(4).sum(5).zero(0.1, 1).positive(0, 1, 2, 1).build();
    assertThat(HistogramArithmetic.subtract(a, b).histogram().positiveSpans())
        .containsExactly(new Span(0, 1), new Span(1, 1));
    assertThat(HistogramArithmetic.subtract(a, b).histogram().positiveBuckets())
        .containsExactly(2, -1);
    assertThat(HistogramArithmetic.subtract(a, b).histogram().zeroCount()).isEqualTo(3);
  }

  @Test
  void hintsAreCombined() {
    assertThat(hintOfSum(CounterReset.NO, CounterReset.NO)).isEqualTo(CounterReset.NO);
    assertThat(hintOfSum(CounterReset.NO, CounterReset.GAUGE)).isEqualTo(CounterReset.GAUGE);
    assertThat(hintOfSum(CounterReset.NO, CounterReset.UNKNOWN)).isEqualTo(CounterReset.UNKNOWN);
    assertThat(hintOfSum(CounterReset.NO, CounterReset.YES)).isEqualTo(CounterReset.UNKNOWN);
    NativeHistogram yes = histogram().counterReset(CounterReset.YES).build();
    NativeHistogram no = histogram().counterReset(CounterReset.NO).build();
    assertThat(HistogramArithmetic.add(yes, no).resetsConflict()).isTrue();
    assertThat(HistogramArithmetic.add(yes, yes).resetsConflict()).isFalse();
  }

  private static CounterReset hintOfSum(CounterReset a, CounterReset b) {
    return HistogramArithmetic.add(
            histogram().counterReset(a).build(), histogram().counterReset(b).build())
        .histogram()
        .counterReset();
  }

  @Test
  void scalesEverything() {
    NativeHistogram h = histogram().count(6).sum(3).zero(0.1, 3).positive(0, 1, 2).build();
    NativeHistogram twice = HistogramArithmetic.multiply(h, 2);
    assertThat(twice)
        .isEqualTo(histogram().count(12).sum(6).zero(0.1, 6).positive(0, 2, 4).build());
    assertThat(HistogramArithmetic.divide(twice, 2)).isEqualTo(h);
    assertThat(HistogramArithmetic.negate(h).counterReset()).isEqualTo(CounterReset.GAUGE);
  }

  @Test
  void divisionByZeroLeavesNoBuckets() {
    NativeHistogram h = histogram().count(6).sum(-3).zero(0.1, 3).positive(0, 1, 2).build();
    NativeHistogram divided = HistogramArithmetic.divide(h, 0);
    assertThat(divided.positiveSpans()).isEmpty();
    assertThat(divided.count()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(divided.sum()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void addsAnyHistogramsAsASumOverTheirFinestCommonBuckets() {
    RandomHistograms random = new RandomHistograms(7);
    for (int i = 0; i < 2000; i++) {
      NativeHistogram a = random.exponential(i % 4).with(CounterReset.UNKNOWN);
      NativeHistogram b = random.exponential(3).with(CounterReset.UNKNOWN);
      NativeHistogram sum = HistogramArithmetic.add(a, b).histogram();
      double total = RandomHistograms.total(sum.positiveBuckets());
      total += RandomHistograms.total(sum.negativeBuckets()) + sum.zeroCount();
      assertThat(total).isCloseTo(a.count() + b.count(), within(1e-6));
      assertThat(positives(HistogramArithmetic.subtract(sum, b).histogram()))
          .isEqualTo(positives(reshaped(a, sum)));
    }
  }

  /** The histogram with the schema and the zero bucket of another. */
  private static NativeHistogram reshaped(NativeHistogram h, NativeHistogram shape) {
    NativeHistogram empty =
        histogram().schema(shape.schema()).zero(shape.zeroThreshold(), 0).build();
    return HistogramArithmetic.add(h, empty).histogram();
  }

  private static Map<Integer, Double> positives(NativeHistogram h) {
    Map<Integer, Double> all = new TreeMap<>();
    IndexedBuckets buckets = IndexedBuckets.of(h.positiveSpans(), h.positiveBuckets());
    for (int i = 0; i < buckets.size; i++) {
      all.put(buckets.indexes[i], buckets.counts[i]);
    }
    return all;
  }

  private static HistogramBuilder histogram() {
    return new HistogramBuilder();
  }
}
