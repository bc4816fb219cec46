package io.lookout.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.histogram.NativeHistogram.CounterReset;
import org.junit.jupiter.api.Test;

class HistogramTextTest {
  @Test
  void printsBucketsFromTheLowestToTheHighest() {
    NativeHistogram h =
        new HistogramBuilder()
            .count(9)
            .sum(-1.5)
            .zero(0.001, 2)
            .positive(0, 1, 0, 3)
            .negative(1, 3)
            .build();
    assertThat(h)
        .hasToString("{count:9, sum:-1.5, [-2,-1):3, [-0.001,0.001]:2, (0.5,1]:1, (2,4]:3}");
  }

  @Test
  void printsCustomBuckets() {
    NativeHistogram h =
        new HistogramBuilder().bounds(5, 1e7).count(3).sum(2).positive(0, 1, 1, 1).build();
    assertThat(h).hasToString("{count:3, sum:2, [-Inf,5]:1, (5,1e+07]:1, (1e+07,+Inf]:1}");
  }

  @Test
  void customBucketsAreClosedAtTheirEndsAlsoBelowZero() {
    NativeHistogram h =
        new HistogramBuilder().bounds(-5, -1, 0).count(4).sum(-9).positive(0, 1, 1, 1, 1).build();
    assertThat(h).hasToString("{count:4, sum:-9, [-Inf,-5]:1, (-5,-1]:1, (-1,0]:1, (0,+Inf]:1}");
  }

  @Test
  void bucketsThatOverlapTheZeroBucketAreNotCut() {
    NativeHistogram h =
        new HistogramBuilder().count(5).sum(3).zero(0.75, 2).positive(0, 1).negative(0, 2).build();
    assertThat(h).hasToString("{count:5, sum:3, [-1,-0.5):2, [-0.75,0.75]:2, (0.5,1]:1}");
  }

  @Test
  void aNegativeCountOfZerosIsShown() {
    NativeHistogram h = new HistogramBuilder().count(2).sum(1).zero(0.5, 2).build();
    assertThat(HistogramArithmetic.negate(h)).hasToString("{count:-2, sum:-1, [-0.5,0.5]:-2}");
  }

  @Test
  void equalityIgnoresEmptyBucketsAndHints() {
    NativeHistogram a = new HistogramBuilder().count(1).positive(1, 1).build();
    NativeHistogram b =
        new HistogramBuilder().count(1).positive(0, 0, 1, 0).counterReset(CounterReset.NO).build();
    assertThat(HistogramEquality.sameContent(a, b)).isTrue();
    assertThat(HistogramEquality.sameContent(a, HistogramArithmetic.multiply(a, 2))).isFalse();
    assertThat(a).isNotEqualTo(b);
  }

  @Test
  void aCoarserSchemaKeepsTheCount() {
    RandomHistograms random = new RandomHistograms(31);
    for (int i = 0; i < 500; i++) {
      NativeHistogram h = random.exponential(4);
      NativeHistogram coarse = HistogramLayout.coarsen(h, i % 8 - 4);
      assertThat(RandomHistograms.total(coarse.positiveBuckets()))
          .isEqualTo(RandomHistograms.total(h.positiveBuckets()));
      assertThat(HistogramLayout.compact(coarse)).isSameAs(coarse);
    }
  }
}
