package io.lookout.storage.seal;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.storage.shard.SealedWindow;
import java.util.ArrayList;
import java.util.List;

/** Windows as a shard gives them: short chunks, series in the order of tenant and labels. */
final class Windows {
  static final long HOUR = 3_600_000;
  static final long WINDOW = 2 * HOUR;
  private static final int SAMPLES_A_CHUNK = 120;

  private Windows() {}

  /** A sample every 15 s of each of the series. */
  static SealedWindow of(long start, Labels... series) {
    List<SeriesChunks> all = new ArrayList<>();
    for (Labels labels : series) {
      all.add(new SeriesChunks(SeriesKey.of("t", labels), chunks(start, labels.hashCode())));
    }
    all.sort((a, b) -> SeriesKey.ORDER.compare(a.key(), b.key()));
    return new SealedWindow(start, start + WINDOW, 1, all);
  }

  static SampleColumns samples(long start, int seed) {
    SampleColumns samples = new SampleColumns();
    for (long time = start; time < start + WINDOW; time += 15_000) {
      samples.add(time, seed + Math.rint(Math.sin((double) time) * 1000) / 10);
    }
    return samples;
  }

  private static List<Chunk> chunks(long start, int seed) {
    SampleColumns samples = samples(start, seed);
    ChunkEncoder encoder = new ChunkEncoder();
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < samples.size; from += SAMPLES_A_CHUNK) {
      chunks.add(encoder.encode(samples, from, Math.min(samples.size, from + SAMPLES_A_CHUNK)));
    }
    return chunks;
  }
}
