package io.lookout.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramSumTest {
  @Test
  void keepsSmallNumbersBesideLargeOnes() {
    HistogramSum sum = new HistogramSum(of(1));
    sum.add(of(1e100));
    sum.add(of(1));
    sum.add(of(-1e100));
    assertThat(sum.result()).isEqualTo(of(2));
  }

  @Test
  void keepsThemAlsoThroughAChangeOfSchema() {
    HistogramSum sum =
        new HistogramSum(new HistogramBuilder().schema(1).positive(1, 1, 1e100).build());
    sum.add(new HistogramBuilder().schema(1).positive(1, 3, -1e100).build());
    sum.add(new HistogramBuilder().schema(0).positive(1, 1).build());
    assertThat(sum.result().positiveBuckets()).containsExactly(5);
  }

  @Test
  void meanIsTheSumDividedByTheNumber() {
    HistogramMean mean = new HistogramMean(of(1));
    mean.add(of(1e100));
    mean.add(of(1));
    mean.add(of(-1e100));
    assertThat(mean.result()).isEqualTo(of(0.5));
  }

  @Test
  void meanOfOneIsItself() {
    assertThat(new HistogramMean(of(3)).result()).isEqualTo(of(3));
  }

  @Test
  void meanDoesNotOverflow() {
    HistogramMean mean = new HistogramMean(of(Double.MAX_VALUE));
    mean.add(of(Double.MAX_VALUE));
    mean.add(of(0));
    mean.add(of(0));
    NativeHistogram result = mean.result();
    assertThat(result.sum() / Double.MAX_VALUE).isCloseTo(0.5, within(1e-12));
    assertThat(result.positiveBuckets()[0] / Double.MAX_VALUE).isCloseTo(0.5, within(1e-12));
  }

  private static NativeHistogram of(double number) {
    return new HistogramBuilder()
        .count(number)
        .sum(number)
        .zero(0.001, number)
        .positive(0, number)
        .negative(3, number)
        .build();
  }
}
