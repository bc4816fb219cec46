package io.lookout.storage.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.HistogramBuilder;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What comes out of order, and again: counted, bounded, and the last one counts. */
class HeadLateTest {
  private static final long SEED = 31;
  private static final long WINDOW = 10_000;
  private static final long MAX_SIDE_BYTES = 20_000;

  private final Head head = new Head(new HeadOptions(WINDOW, 10, 10, MAX_SIDE_BYTES, 100));
  private final HeadCounts counts = head.counts();

  private static SeriesKey key(int series) {
    return SeriesKey.of("t", Labels.of("__name__", "m", "i", Integer.toString(series)));
  }

  private void append(int series, long time, double value) {
    head.append(head.resolve(key(series)), time, value, null, 0, 0);
  }

  private SampleColumns samples(int series) {
    List<Matcher> matchers = List.of(Matcher.equal("i", Integer.toString(series)));
    List<SeriesChunks> found =
        head.select(new SelectRequest("t", matchers, 0, Long.MAX_VALUE, 10, Long.MAX_VALUE));
    return found.isEmpty()
        ? new SampleColumns()
        : new ChunkMerge().samples(found.getFirst().chunks());
  }

  private void counted(int outOfOrder, int duplicates, int replaced) {
    assertThat(counts.outOfOrder).as("out of order").isEqualTo(outOfOrder);
    assertThat(counts.duplicates).as("duplicates").isEqualTo(duplicates);
    assertThat(counts.replaced).as("replaced").isEqualTo(replaced);
  }

  @Test
  void againAmongTheNewest() {
    append(0, 1000, 1);
    append(0, 2000, 2);
    append(0, 1000, 1);
    counted(0, 1, 0);
    append(0, 1000, 7);
    counted(0, 1, 1);
    assertThat(samples(0).values).startsWith(7, 2);
  }

  @Test
  void againWhereBothCameLate() {
    append(0, 2000, 2);
    append(0, 1000, 1);
    append(0, 1000, 1);
    counted(2, 1, 0);
    append(0, 1000, 7);
    counted(3, 1, 1);
    assertThat(samples(0).values).startsWith(7, 2);
    counted(3, 1, 1);
  }

  @Test
  void againWhereTheFirstIsPackedAlready() {
    for (int i = 0; i < 2 * Series.OPEN; i++) {
      append(0, i, i);
    }
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 2);
    int series = batch.series(key(0));
    batch.sample(series, 5, 5);
    batch.sample(series, 6, 77);
    head.append(batch.build(), new int[] {head.resolve(key(0))}, 0, 0);
    assertThat(samples(0).values[5]).isEqualTo(5);
    assertThat(samples(0).values[6]).isEqualTo(77);
    counted(2, 1, 1);
  }

  @Test
  void ofOneBatchTheLastCounts() {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 3);
    int series = batch.series(key(0));
    batch.sample(series, 5, 1);
    batch.sample(series, 5, 2);
    batch.sample(series, 5, 3);
    head.append(batch.build(), new int[] {head.resolve(key(0))}, 0, 0);
    assertThat(samples(0).values).startsWith(3);
    counted(0, 0, 2);
  }

  @Test
  void aHistogramInThePlaceOfANumber() {
    NativeHistogram histogram =
        new NativeHistogram(
            0,
            NativeHistogram.CounterReset.UNKNOWN,
            true,
            0,
            1,
            1,
            0,
            List.of(),
            new double[0],
            List.of(),
            new double[0],
            new double[0]);
    append(0, 1000, 1);
    append(0, 2000, 2);
    head.append(head.resolve(key(0)), 1000, 0, histogram, 0, 0);
    assertThat(samples(0).histogram(0)).isEqualTo(histogram);
    counted(1, 0, 1);
  }

  @Test
  void whatComesLateStaysWithinItsBound() {
    SplittableRandom random = new SplittableRandom(SEED);
    int series = 500;
    List<Set<Long>> written = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      append(i, WINDOW - 1, 0);
      written.add(new HashSet<>(Set.of(WINDOW - 1)));
    }
    for (int i = 0; i < 20_000; i++) {
      int one = random.nextInt(series);
      long time = random.nextLong(WINDOW - 1);
      append(one, time, 1);
      written.get(one).add(time);
      assertThat(counts.sideBytes).isBetween(0L, MAX_SIDE_BYTES);
    }
    assertThat(counts.sidesMerged).isPositive();
    for (int i = 0; i < series; i++) {
      assertThat(samples(i).size).isEqualTo(written.get(i).size());
    }
    assertThat(counts.sideBytes).as("all was read, and so merged").isZero();
  }

  @Test
  void seriesLeaveWithTheirLastWindow() {
    for (int i = 0; i < 100; i++) {
      append(i, 5, 1);
      append(i, i % 2 == 0 ? WINDOW + 5 : 3, 1);
    }
    head.resolve(key(100)); // Its batch was refused: it has no sample.
    head.freeze(0, 1);
    assertThat(head.frozen(1)).hasSize(100);
    Set<Integer> dropped = new HashSet<>();
    head.release(0, 1, dropped::add);
    assertThat(dropped).hasSize(51);
    assertThat(head.seriesCount()).isEqualTo(50);
    append(1, 4, 1); // Late, and a new series in an old slot.
    head.freeze(WINDOW, 2);
    assertThat(head.frozen(2)).hasSize(50);
    head.release(WINDOW, 2, dropped::add);
    assertThat(head.seriesCount()).isEqualTo(1);
    assertThat(samples(1).size).isEqualTo(1);
    head.freeze(0, 3);
    head.release(0, 3, dropped::add);
    assertThat(head.seriesCount()).isZero();
    assertThat(counts.chunkBytes).isZero();
    assertThat(counts.openBytes).isZero();
    assertThat(counts.sideBytes).isZero();
  }

  /** All windows count as past, and none has been quiet for long: only too much moves them. */
  private boolean pastTakesMoreThan(long bytes) {
    return !head.sealable(1_000, -10 * WINDOW, Long.MAX_VALUE / 2, bytes).isEmpty();
  }

  private void move(long window) {
    head.freeze(window, window + 1);
    head.release(window, window + 1, slot -> {});
  }

  /** What packs well may stay longer than what does not. */
  @Test
  void pastWindowsTakeWhatTheirSamplesTake() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int series = 0; series < 10; series++) {
      for (int i = 0; i < 9_000; i++) {
        append(series, i, random.nextDouble());
      }
    }
    assertThat(pastTakesMoreThan(90_000 * 8L)).isTrue();
    assertThat(pastTakesMoreThan(90_000 * 12L)).isFalse();
    move(0);
    assertThat(pastTakesMoreThan(0)).isFalse();

    for (int series = 0; series < 10; series++) {
      for (int i = 0; i < 9_000; i++) {
        append(series, WINDOW + i, 1);
      }
    }
    assertThat(pastTakesMoreThan(90_000)).isTrue();
    assertThat(pastTakesMoreThan(90_000 * 3L)).isFalse();
  }

  @Test
  void pastHistogramsTakeMoreThanFloats() {
    for (int i = 0; i < 1_000; i++) {
      append(0, i, 1);
    }
    assertThat(pastTakesMoreThan(10_000)).isFalse();
    for (int i = 0; i < 50; i++) {
      NativeHistogram histogram =
          new HistogramBuilder().schema(0).count(i).sum(i).positive(0, i).build();
      head.append(head.resolve(key(1)), i, 0, histogram, 0, 0);
    }
    assertThat(pastTakesMoreThan(10_000)).isTrue();
  }

  /** However samples come and are packed, what is counted of them goes with their windows. */
  @Test
  void whatComesOutOfOrderIsCountedOnce() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 20_000; i++) {
      append(random.nextInt(20), random.nextLong(3 * WINDOW), 1);
    }
    assertThat(samples(0).size).isPositive(); // Packs what waits.
    assertThat(pastTakesMoreThan(20_000 * 6L)).isFalse();
    for (int window = 0; window < 3; window++) {
      move(window * WINDOW);
    }
    assertThat(pastTakesMoreThan(0)).isFalse();
  }
}
