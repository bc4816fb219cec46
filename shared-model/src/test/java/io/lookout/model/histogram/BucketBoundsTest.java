package io.lookout.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BucketBoundsTest {
  @Test
  void boundZeroIsOneInEverySchema() {
    for (int schema = -4; schema <= 8; schema++) {
      assertThat(BucketBounds.exponential(0, schema)).isEqualTo(1);
    }
  }

  @Test
  void boundsGrowByTheFactorOfTheSchema() {
    assertThat(BucketBounds.exponential(1, -2)).isEqualTo(16);
    assertThat(BucketBounds.exponential(-3, 0)).isEqualTo(0.125);
    assertThat(BucketBounds.exponential(3, 2)).isCloseTo(Math.pow(2, 0.75), within(1e-15));
    assertThat(BucketBounds.exponential(-700, 8))
        .isCloseTo(Math.pow(2, -700 / 256.0), within(1e-15));
  }

  @Test
  void boundsAreThoseOfClientsToTheLastBit() {
    assertThat(BucketBounds.exponential(-1, 1)).isEqualTo(0.7071067811865475);
    assertThat(BucketBounds.exponential(-7, 3)).isEqualTo(0.5452538663326288);
    assertThat(BucketBounds.exponential(-1, 3)).isEqualTo(0.9170040432046711);
    assertThat(BucketBounds.exponential(-1, 6)).isEqualTo(0.9892280131939752);
  }

  @Test
  void aBoundIsTheSameNumberInFinerSchemas() {
    for (int schema = 0; schema < 8; schema++) {
      for (int index = -500; index < 500; index++) {
        assertThat(BucketBounds.exponential(index * 2, schema + 1))
            .isEqualTo(BucketBounds.exponential(index, schema));
      }
    }
  }

  @Test
  void theLastFiniteBucketEndsAtTheLargestDouble() {
    assertThat(BucketBounds.exponential(1024, 0)).isEqualTo(Double.MAX_VALUE);
    assertThat(BucketBounds.exponential(1025, 0)).isInfinite();
    assertThat(BucketBounds.exponential(64, -4)).isEqualTo(Double.MAX_VALUE);
    assertThat(BucketBounds.exponential(1 << 18, 8)).isEqualTo(Double.MAX_VALUE);
    assertThat(BucketBounds.exponential(Integer.MAX_VALUE, -4)).isInfinite();
    assertThat(BucketBounds.exponential(Integer.MIN_VALUE, -4)).isZero();
  }

  @Test
  void customBucketsEndAtTheirBoundsAndAtInfinity() {
    NativeHistogram h = new HistogramBuilder().bounds(5, 10).build();
    assertThat(BucketBounds.lower(h, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(BucketBounds.upper(h, 0)).isEqualTo(5);
    assertThat(BucketBounds.lower(h, 2)).isEqualTo(10);
    assertThat(BucketBounds.upper(h, 2)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void aCoarserBucketHoldsTheFinerOne() {
    for (int index = -300; index < 300; index++) {
      int coarser = BucketBounds.coarser(index, 3, 1);
      assertThat(BucketBounds.exponential(coarser, 1))
          .isGreaterThanOrEqualTo(BucketBounds.exponential(index, 3));
      assertThat(BucketBounds.exponential(coarser - 1, 1))
          .isLessThan(BucketBounds.exponential(index, 3));
    }
  }
}
