package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Zeros where series started, as {@code storage.start.zeros} has them. */
class StartZerosTest {
  private static final long WINDOW = 100_000;

  private final Head head = new Head(new HeadOptions(WINDOW, 10, 10, 1 << 20, true, 100));
  private final int slot = head.resolve(SeriesKey.of("t", Labels.of("__name__", "m")));

  private void append(long time, double value, long startTime) {
    append(time, value, null, startTime);
  }

  private void append(
      long time, double value, @Nullable NativeHistogram histogram, long startTime) {
    head.append(slot, time, value, histogram, startTime, 0);
  }

  private static NativeHistogram histogram(CounterReset hint) {
    return new NativeHistogram(
        3,
        hint,
        true,
        0.001,
        2,
        5,
        12.5,
        List.of(new Span(0, 1)),
        new double[] {3},
        List.of(),
        new double[0],
        new double[0]);
  }

  private SampleColumns samples() {
    SelectRequest all =
        new SelectRequest(
            "t", List.of(Matcher.equal("__name__", "m")), 0, Long.MAX_VALUE, 10, Long.MAX_VALUE);
    List<SeriesChunks> found = head.select(all);
    return new ChunkMerge().samples(found.getFirst().chunks());
  }

  private List<String> texts() {
    SampleColumns samples = samples();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < samples.size; i++) {
      texts.add(samples.times[i] + "=" + samples.values[i] + "@" + samples.startTimeAt(i));
    }
    return texts;
  }

  @Test
  void oneZeroForEachStart() {
    append(5000, 10, 1000);
    append(6000, 11, 1000);
    append(9000, 3, 7000);
    append(10_000, 4, 7000);
    assertThat(texts())
        .containsExactly(
            "1000=0.0@0",
            "5000=10.0@1000",
            "6000=11.0@1000",
            "7000=0.0@0",
            "9000=3.0@7000",
            "10000=4.0@7000");
    assertThat(head.counts().zeros).isEqualTo(2);
  }

  @Test
  void noneWhereThereAreSamplesOrTheStartMakesNoSense() {
    append(5000, 10, 5000);
    append(6000, 11, 7000);
    append(8000, 12, 5500);
    append(9000, 13, 0);
    assertThat(texts())
        .containsExactly("5000=10.0@5000", "6000=11.0@7000", "8000=12.0@5500", "9000=13.0@0");
  }

  /** What was sampled in between is elsewhere, or was never sent. */
  @Test
  void noneForAProcessThatHasRunLong() {
    append(3 * WINDOW, 10, 2 * WINDOW - 1);
    assertThat(samples().size).isEqualTo(1);
  }

  @Test
  void anEmptyHistogramForAHistogram() {
    append(5000, 0, histogram(CounterReset.NO), 1000);
    SampleColumns samples = samples();
    assertThat(samples.size).isEqualTo(2);
    assertThat(samples.times[0]).isEqualTo(1000);
    assertThat(samples.histogram(0))
        .isEqualTo(histogram(CounterReset.NO).emptied())
        .extracting(h -> h == null ? -1 : h.count())
        .isEqualTo(0.0);
  }

  @Test
  void noneForAHistogramThatIsAGauge() {
    append(5000, 0, histogram(CounterReset.GAUGE), 1000);
    assertThat(samples().size).isEqualTo(1);
  }
}
