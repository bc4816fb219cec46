package io.lookout.model.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramChunkTest {
  private static final long SEED = 99;
  private static final List<CounterReset> RESETS = Arrays.asList(CounterReset.values());

  private static NativeHistogram histogram(SplittableRandom random, int layout, double scale) {
    double[] positive = new double[1 + layout % 7];
    Arrays.setAll(positive, i -> Math.floor(random.nextDouble() * scale));
    double[] negative = new double[layout % 3];
    Arrays.setAll(negative, i -> random.nextDouble());
    boolean custom = layout % 4 == 3;
    return new NativeHistogram(
        custom ? NativeHistogram.CUSTOM_BUCKETS_SCHEMA : layout % 8,
        RESETS.get(layout % RESETS.size()),
        layout % 2 == 0,
        layout % 5 == 0 ? -0.0 : 1e-128,
        random.nextInt(3),
        random.nextInt(1000),
        SampleColumns.isStale(scale) ? SampleColumns.STALE_NAN : random.nextDouble(),
        List.of(new Span(-3, 1), new Span(2, positive.length - 1)),
        positive,
        negative.length == 0 ? List.of() : List.of(new Span(0, negative.length)),
        negative,
        custom ? new double[] {0.1, 1, 10} : new double[0]);
  }

  @Test
  void histogramsOfChangingLayoutsComeBack() {
    SplittableRandom random = new SplittableRandom(SEED);
    ChunkEncoder encoder = new ChunkEncoder();
    ChunkDecoder decoder = new ChunkDecoder();
    for (int round = 0; round < 300; round++) {
      SampleColumns samples = samples(random);
      SampleColumns decoded = new SampleColumns(1);
      decoder.decode(encoder.encode(samples, 0, samples.size), decoded);
      ChunkCodecTest.assertSame(decoded, samples);
    }
  }

  private static SampleColumns samples(SplittableRandom random) {
    SampleColumns samples = new SampleColumns();
    int layout = random.nextInt(100);
    int n = 1 + random.nextInt(100);
    for (int i = 0; i < n; i++) {
      layout = random.nextInt(10) == 0 ? random.nextInt(100) : layout;
      double scale = random.nextInt(20) == 0 ? SampleColumns.STALE_NAN : 1000;
      samples.add(i * 1000L, histogram(random, layout, scale));
    }
    return samples;
  }

  @Test
  void damagedBytesEndInADeclaredFailureOrInHistograms() {
    SplittableRandom random = new SplittableRandom(SEED);
    ChunkEncoder encoder = new ChunkEncoder();
    int failures = 0;
    for (int round = 0; round < 3000; round++) {
      SampleColumns samples = samples(random);
      Chunk chunk = encoder.encode(samples, 0, samples.size);
      byte[] values = chunk.values().toByteArray();
      values[1 + random.nextInt(Math.min(40, values.length - 1))] = (byte) random.nextInt();
      Chunk damaged =
          new Chunk(
              chunk.count(),
              chunk.minTime(),
              chunk.maxTime(),
              chunk.times(),
              Slice.of(values),
              null);
      try {
        new ChunkDecoder().decode(damaged, new SampleColumns());
      } catch (LookoutException e) {
        failures++;
      }
    }
    assertThat(failures).isGreaterThan(300);
  }

  @Test
  void aFloatAfterHistogramsBeginsAChunk() {
    SampleColumns samples = new SampleColumns();
    SplittableRandom random = new SplittableRandom(SEED);
    samples.add(1, histogram(random, 1, 10));
    samples.add(2, histogram(random, 1, 10));
    samples.add(3, 1.5);
    ChunkMerge merge = new ChunkMerge();
    List<Chunk> chunks = merge.encode(samples, 0, 3, 100);
    assertThat(chunks).extracting(Chunk::count).containsExactly(2, 1);
    ChunkCodecTest.assertSame(merge.samples(chunks), samples);
  }
}
