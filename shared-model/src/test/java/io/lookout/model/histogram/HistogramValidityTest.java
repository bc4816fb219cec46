package io.lookout.model.histogram;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramValidityTest {
  private static final double[] NONE = {};

  @Test
  void takesWhatIsValid() {
    RandomHistograms random = new RandomHistograms(3);
    for (int i = 0; i < 1000; i++) {
      NativeHistogram h = random.next();
      assertThatCode(() -> HistogramValidity.check(h)).doesNotThrowAnyException();
    }
  }

  @Test
  void refusesUnknownSchemas() {
    refuses(exponential(9, 0, List.of(), NONE), "schema: 9");
  }

  @Test
  void refusesCountsThatDoNotAddUp() {
    refuses(exponential(0, 3, List.of(new Span(0, 1)), new double[] {2}), "2.0 in its buckets");
  }

  @Test
  void refusesNegativeCounts() {
    refuses(exponential(0, -2, List.of(new Span(0, 1)), new double[] {-2}), "negative bucket");
  }

  @Test
  void refusesSpansThatOverlap() {
    refuses(
        exponential(0, 2, List.of(new Span(0, 1), new Span(-1, 1)), new double[] {1, 1}), "span");
  }

  @Test
  void refusesBoundsThatDoNotAscend() {
    refuses(custom(new double[] {1, 1}, 1), "ascend");
    refuses(custom(new double[] {1, Double.NaN}, 1), "ascend");
    refuses(custom(new double[] {1, Double.POSITIVE_INFINITY}, 1), "ascend");
  }

  @Test
  void refusesMoreBucketsThanBounds() {
    refuses(custom(new double[] {1}, 3), "more buckets");
  }

  private static void refuses(NativeHistogram h, String because) {
    assertThatThrownBy(() -> HistogramValidity.check(h))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because);
  }

  private static NativeHistogram exponential(
      int schema, double count, List<Span> spans, double[] buckets) {
    return new NativeHistogram(
        schema, CounterReset.UNKNOWN, true, 0, 0, count, 1, spans, buckets, List.of(), NONE, NONE);
  }

  private static NativeHistogram custom(double[] bounds, int buckets) {
    return new NativeHistogram(
        NativeHistogram.CUSTOM_BUCKETS_SCHEMA,
        CounterReset.UNKNOWN,
        false,
        0,
        0,
        buckets,
        1,
        List.of(new Span(0, buckets)),
        new double[buckets],
        List.of(),
        NONE,
        bounds);
  }
}
