package io.lookout.query.promql.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantileTest {
  @Test
  void isInterpolatedBetweenTheNearest() {
    assertThat(Quantile.of(0.8, new double[] {4, 0, 1}, 3)).isCloseTo(2.8, within(1e-12));
    assertThat(Quantile.of(0, new double[] {4, 0, 1}, 3)).isZero();
    assertThat(Quantile.of(1, new double[] {4, 0, 1}, 3)).isEqualTo(4);
  }

  @Test
  void nanIsTheSmallest() {
    assertThat(Quantile.of(0.5, new double[] {2, Double.NaN, 1}, 3)).isEqualTo(1);
    assertThat(Quantile.of(0.1, new double[] {2, Double.NaN, 1}, 3)).isNaN();
  }

  @Test
  void outsideOfZeroToOneIsInfinite() {
    assertThat(Quantile.of(-0.1, new double[] {1}, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Quantile.of(1.1, new double[] {1}, 1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Quantile.of(0.5, new double[] {}, 0)).isNaN();
  }
}
