package io.lookout.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramTrimTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final NativeHistogram BOTH_SIDES =
      new HistogramBuilder()
          .count(34)
          .sum(123.75)
          .zero(0.001, 1)
          .positive(0, 2, 4, 8, 16)
          .negative(0, 1, 2)
          .build();
  private static final NativeHistogram CUSTOM =
      new HistogramBuilder()
          .bounds(5, 10, 15, 20)
          .count(15)
          .sum(172.5)
          .positive(0, 1, 6, 4, 3, 1)
          .build();

  @Test
  void nothingTrimmedIsTheSameHistogram() {
    assertThat(HistogramTrim.above(BOTH_SIDES, -INFINITY)).isSameAs(BOTH_SIDES);
    assertThat(HistogramTrim.below(BOTH_SIDES, INFINITY)).isSameAs(BOTH_SIDES);
    assertThat(HistogramTrim.above(CUSTOM, 0)).isSameAs(CUSTOM);
  }

  @Test
  void everythingTrimmedIsEmpty() {
    NativeHistogram empty = new HistogramBuilder().zero(0.001, 0).build();
    assertThat(HistogramTrim.above(BOTH_SIDES, INFINITY)).isEqualTo(empty);
    assertThat(HistogramTrim.below(BOTH_SIDES, -INFINITY)).isEqualTo(empty);
  }

  @Test
  void boundariesNeedNoInterpolation() {
    NativeHistogram below = HistogramTrim.below(BOTH_SIDES, 2);
    assertThat(below.count()).isEqualTo(10);
    assertThat(below.sum()).isCloseTo(3.5355339059327373, within(1e-12));
    assertThat(below.positiveBuckets()).containsExactly(2, 4);
  }

  @Test
  void aCutBucketIsSplit() {
    NativeHistogram above = HistogramTrim.above(BOTH_SIDES, Math.sqrt(2));
    assertThat(above.count()).isCloseTo(26, within(1e-9));
    assertThat(above.sum()).isCloseTo(116.50067065070982, within(1e-6));
    NativeHistogram below = HistogramTrim.below(CUSTOM, 13);
    assertThat(below.positiveBuckets()).containsExactly(1, 6, 2.4);
    assertThat(below.sum()).isCloseTo(75.1, within(1e-9));
  }

  @Test
  void theZeroBucketIsOneSidedBesideBucketsOfOneSide() {
    NativeHistogram h =
        new HistogramBuilder().count(12).sum(8).zero(0.5, 2).positive(0, 10).build();
    assertThat(HistogramTrim.above(h, 0.1).zeroCount()).isCloseTo(1.6, within(1e-12));
    assertThat(HistogramTrim.above(h, 0)).isSameAs(h);
    assertThat(HistogramTrim.below(h, 0).count()).isZero();
    NativeHistogram zeros = new HistogramBuilder().count(5).zero(0.1, 5).build();
    assertThat(HistogramTrim.above(zeros, 0.05).sum()).isCloseTo(0.09375, within(1e-12));
  }

  @Test
  void infiniteBucketsAreCutConservatively() {
    NativeHistogram h =
        new HistogramBuilder().bounds(5).count(101).sum(33).positive(0, 1, 100).build();
    assertThat(HistogramTrim.below(h, 10).count()).isEqualTo(1);
    assertThat(HistogramTrim.above(h, 10).count()).isEqualTo(100);
    assertThat(HistogramTrim.above(h, 10).sum()).isEqualTo(1000);
    assertThat(HistogramTrim.below(h, 2).count()).isCloseTo(0.4, within(1e-12));
    assertThat(HistogramTrim.above(h, 2).sum()).isCloseTo(502.1, within(1e-9));
    NativeHistogram all =
        new HistogramBuilder().bounds().count(100).sum(100).positive(0, 100).build();
    assertThat(HistogramTrim.below(all, 10).count()).isZero();
    assertThat(HistogramTrim.below(all, INFINITY)).isSameAs(all);
  }

  @Test
  void keepsWhatTheFractionSays() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 1000; i++) {
      double cut = random.nextDouble() * 24 - 6;
      assertThat(HistogramTrim.below(BOTH_SIDES, cut).count())
          .isCloseTo(HistogramFraction.of(-INFINITY, cut, BOTH_SIDES).value() * 34, within(1e-9));
      assertThat(HistogramTrim.above(BOTH_SIDES, cut).count())
          .isCloseTo(HistogramFraction.of(cut, INFINITY, BOTH_SIDES).value() * 34, within(1e-9));
    }
  }
}
