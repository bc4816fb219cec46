package io.lookout.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lookout.model.histogram.HistogramQuantile.NanEffect;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramQuantileTest {
  private static final NativeHistogram BOTH_SIDES =
      new HistogramBuilder()
          .count(24)
          .sum(100)
          .zero(0.001, 4)
          .positive(0, 2, 3, 0, 1, 4)
          .negative(0, 2, 3, 0, 1, 4)
          .build();

  @Test
  void interpolatesOnTheLogarithm() {
    NativeHistogram h = new HistogramBuilder().count(4).sum(5).positive(0, 1, 2, 1).build();
    assertThat(quantile(0.5, h)).isCloseTo(Math.sqrt(2), within(1e-12));
    NativeHistogram mirrored = new HistogramBuilder().count(4).sum(-5).negative(0, 1, 2, 1).build();
    assertThat(quantile(0.5, mirrored)).isCloseTo(-Math.sqrt(2), within(1e-12));
  }

  @Test
  void interpolatesLinearlyAroundZero() {
    assertThat(quantile(0.55, BOTH_SIDES)).isCloseTo(0.0006, within(1e-12));
    NativeHistogram positive =
        new HistogramBuilder().count(12).zero(0.001, 2).positive(0, 2, 3, 0, 1, 4).build();
    assertThat(quantile(0.1, positive)).isCloseTo(0.0006, within(1e-12));
    NativeHistogram onlyZero = new HistogramBuilder().count(1).zero(0.5, 1).build();
    assertThat(quantile(0.5, onlyZero)).isZero();
  }

  @Test
  void customBucketsAreLinearAndDoNotReachInfinity() {
    NativeHistogram h =
        new HistogramBuilder().bounds(5, 10).count(4).sum(5).positive(0, 1, 2, 1).build();
    assertThat(quantile(0.5, h)).isEqualTo(7.5);
    assertThat(quantile(0.125, h)).isEqualTo(2.5);
    assertThat(quantile(0.99, h)).isEqualTo(10);
    NativeHistogram negative =
        new HistogramBuilder().bounds(-5, 10).count(4).positive(0, 4).build();
    assertThat(quantile(0.5, negative)).isEqualTo(-5);
  }

  @Test
  void oddArguments() {
    assertThat(quantile(-0.1, BOTH_SIDES)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(quantile(1.1, BOTH_SIDES)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(quantile(Double.NaN, BOTH_SIDES)).isNaN();
    assertThat(quantile(0.5, new HistogramBuilder().build())).isNaN();
  }

  @Test
  void observationsOfNanCountAsTheLargest() {
    NativeHistogram h = new HistogramBuilder().count(15).sum(Double.NaN).positive(0, 12).build();
    assertThat(HistogramQuantile.of(0.81, h).nanEffect()).isEqualTo(NanEffect.RESULT_IS_NAN);
    assertThat(HistogramQuantile.of(0.4, h).nanEffect()).isEqualTo(NanEffect.SKEWED_HIGHER);
    assertThat(quantile(0.4, h)).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(HistogramFraction.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, h))
        .isEqualTo(new HistogramFraction.Result(0.8, true));
  }

  @Test
  void fractionIsTheInverse() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 1000; i++) {
      double q = random.nextDouble();
      double value = quantile(q, BOTH_SIDES);
      double fraction = HistogramFraction.of(Double.NEGATIVE_INFINITY, value, BOTH_SIDES).value();
      assertThat(fraction).isCloseTo(q, within(1e-9));
    }
  }

  @Test
  void fractionsOfOddIntervals() {
    assertThat(fraction(42, 3, BOTH_SIDES)).isZero();
    assertThat(fraction(Double.NaN, 3, BOTH_SIDES)).isNaN();
    assertThat(fraction(0, 1, new HistogramBuilder().build())).isNaN();
    assertThat(fraction(1, 8, BOTH_SIDES)).isCloseTo(4 / 24.0, within(1e-12));
    NativeHistogram custom =
        new HistogramBuilder().bounds(5, 10).count(4).positive(0, 1, 2, 1).build();
    assertThat(fraction(5, 10, custom)).isEqualTo(0.5);
  }

  @Test
  void varianceIsAroundTheMiddlesOfBuckets() {
    NativeHistogram h =
        new HistogramBuilder()
            .schema(2)
            .count(4)
            .sum(10)
            .positive(0, 1, 0, 0, 0, 1, 0, 0, 1, 1)
            .build();
    assertThat(HistogramSpread.variance(h)).isCloseTo(1.163807968526718, within(1e-12));
    NativeHistogram custom =
        new HistogramBuilder().bounds(0, 2, 4).count(2).sum(4).positive(1, 1, 1).build();
    assertThat(HistogramSpread.variance(custom)).isEqualTo(1);
    assertThat(HistogramSpread.variance(new HistogramBuilder().build())).isNaN();
  }

  private static double quantile(double q, NativeHistogram h) {
    return HistogramQuantile.of(q, h).value();
  }

  private static double fraction(double lower, double upper, NativeHistogram h) {
    return HistogramFraction.of(lower, upper, h).value();
  }
}
