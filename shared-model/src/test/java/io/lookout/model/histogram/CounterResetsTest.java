package io.lookout.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.histogram.NativeHistogram.CounterReset;
import org.junit.jupiter.api.Test;

class CounterResetsTest {
  private static final NativeHistogram BASE =
      new HistogramBuilder()
          .count(10)
          .sum(5)
          .zero(0.01, 1)
          .positive(0, 1, 2, 0, 3)
          .negative(1, 3)
          .build();

  @Test
  void nothingChangedIsNoReset() {
    assertThat(CounterResets.isReset(BASE, BASE)).isFalse();
  }

  @Test
  void hintsDecide() {
    assertThat(CounterResets.isReset(BASE, BASE.with(CounterReset.YES))).isTrue();
    NativeHistogram less = new HistogramBuilder().counterReset(CounterReset.NO).build();
    assertThat(CounterResets.isReset(BASE, less)).isFalse();
    assertThat(CounterResets.isReset(BASE, less.with(CounterReset.UNKNOWN))).isTrue();
  }

  @Test
  void aSmallerBucketIsAReset() {
    assertThat(
            CounterResets.isReset(
                BASE, like(11).zero(0.01, 1).positive(0, 2, 1, 0, 3).negative(1, 4).build()))
        .isTrue();
    assertThat(
            CounterResets.isReset(
                BASE, like(11).zero(0.01, 0).positive(0, 3, 3, 0, 3).negative(1, 3).build()))
        .isTrue();
    assertThat(CounterResets.isReset(BASE, like(11).zero(0.01, 1).positive(0, 3, 3, 0, 4).build()))
        .isTrue();
  }

  @Test
  void aMissingEmptyBucketIsNone() {
    NativeHistogram before = like(1).positive(0, 1, 0).build();
    assertThat(CounterResets.isReset(before, like(1).positive(0, 1).build())).isFalse();
  }

  @Test
  void aFinerSchemaIsAReset() {
    assertThat(
            CounterResets.isReset(
                like(1).positive(1, 1).build(), like(2).schema(1).positive(1, 2).build()))
        .isTrue();
    assertThat(
            CounterResets.isReset(
                like(2).schema(1).positive(1, 1, 1).build(), like(2).positive(1, 2).build()))
        .isFalse();
    assertThat(
            CounterResets.isReset(
                like(2).schema(1).positive(1, 1, 1).build(), like(2).positive(0, 1, 1).build()))
        .isTrue();
  }

  @Test
  void theZeroBucketMayOnlyGrowOverWholeBuckets() {
    NativeHistogram before = like(5).zero(0.1, 1).positive(-1, 2, 2).build();
    assertThat(CounterResets.isReset(before, like(5).zero(0.5, 3).positive(0, 2).build()))
        .isFalse();
    assertThat(CounterResets.isReset(before, like(5).zero(0.5, 2).positive(0, 3).build())).isTrue();
    assertThat(CounterResets.isReset(before, like(5).zero(0.4, 3).positive(0, 2).build())).isTrue();
    assertThat(CounterResets.isReset(before, like(9).zero(0.01, 5).positive(-1, 2, 2).build()))
        .isTrue();
  }

  @Test
  void customBucketsAreComparedUpToCommonBounds() {
    NativeHistogram before = like(15).bounds(2, 4, 6).positive(0, 1, 2, 5, 7).build();
    assertThat(
            CounterResets.isReset(
                before, like(15).bounds(2, 3, 4, 6).positive(0, 1, 1, 1, 5, 7).build()))
        .isFalse();
    assertThat(
            CounterResets.isReset(
                before, like(15).bounds(2, 3, 4, 6).positive(0, 1, 0, 1, 5, 8).build()))
        .isTrue();
    assertThat(CounterResets.isReset(before, like(15).positive(0, 15).build())).isTrue();
  }

  @Test
  void readSamplesAreHinted() {
    assertThat(CounterResets.hint(BASE, BASE)).isEqualTo(CounterReset.NO);
    assertThat(CounterResets.hint(BASE, like(1).build())).isEqualTo(CounterReset.UNKNOWN);
    assertThat(CounterResets.hint(BASE, BASE.with(CounterReset.GAUGE)))
        .isEqualTo(CounterReset.GAUGE);
    assertThat(CounterResets.hint(BASE.with(CounterReset.GAUGE), BASE))
        .isEqualTo(CounterReset.UNKNOWN);
  }

  private static HistogramBuilder like(double count) {
    return new HistogramBuilder().count(count);
  }
}
