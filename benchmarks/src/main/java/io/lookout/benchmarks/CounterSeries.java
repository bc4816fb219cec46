package io.lookout.benchmarks;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Counters as they are scraped every 15 s from time 0 on, in chunks of 120 samples. Twenty series
 * share their times; about one sample in 2,000 is a reset.
 */
final class CounterSeries {
  static final int INTERVAL = 15_000;
  private static final int CHUNK = 120;
  private static final int SHARING = 20;

  private CounterSeries() {}

  static List<SeriesChunks> of(int count, int samples) {
    SplittableRandom random = new SplittableRandom(42);
    ChunkEncoder encoder = new ChunkEncoder();
    List<SeriesChunks> series = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      series.add(new SeriesChunks(key(i), chunks(samples, random, encoder, i)));
    }
    return series;
  }

  private static SeriesKey key(int i) {
    Labels labels =
        Labels.of(
            "__name__",
            "http_requests_total",
            "cluster",
            "bench-1",
            "job",
            "job-" + i % 10,
            "instance",
            "10.0.0." + i / SHARING + ":9100",
            "le",
            Integer.toString(1 + i / 10 % 12),
            "path",
            "/api/" + i % SHARING);
    return SeriesKey.of(SeriesKey.ANONYMOUS, labels);
  }

  private static List<Chunk> chunks(
      int samples, SplittableRandom random, ChunkEncoder encoder, int series) {
    SampleColumns columns = new SampleColumns(samples);
    double value = 0;
    for (int i = 0; i < samples; i++) {
      value = random.nextInt(2_000) == 0 ? 0 : value + random.nextInt(100);
      columns.add((long) i * INTERVAL + series / SHARING % 15 * 1_000L, value);
    }
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < samples; from += CHUNK) {
      chunks.add(encoder.encode(columns, from, Math.min(samples, from + CHUNK)));
    }
    return chunks;
  }
}
