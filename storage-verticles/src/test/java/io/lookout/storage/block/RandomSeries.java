package io.lookout.storage.block;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Series of one metric with chunks of arbitrary bytes: blocks never look into columns. */
final class RandomSeries {
  private final SplittableRandom random;

  RandomSeries(long seed) {
    random = new SplittableRandom(seed);
  }

  List<SeriesChunks> sorted() {
    TreeSet<Labels> labels = new TreeSet<>(Labels.ORDER);
    int count = random.nextInt(1, 200);
    for (int i = 0; i < count; i++) {
      labels.add(labels());
    }
    List<SeriesChunks> series = new ArrayList<>();
    for (Labels each : labels) {
      series.add(series("tenant", each, chunks()));
    }
    return series;
  }

  private Labels labels() {
    Labels.Builder builder = new Labels.Builder().set("__name__", "m");
    for (String name : List.of("a", "b", "größe", "x=y%", "Upper", "𝛼", "~")) {
      if (random.nextInt(3) > 0) {
        builder.set(name, "v" + random.nextInt(1, 8 << random.nextInt(6)));
      }
    }
    return builder.build();
  }

  private Chunk[] chunks() {
    Chunk[] chunks = new Chunk[random.nextInt(1, 4)];
    long start = random.nextLong(-5_000_000_000_000L, 5_000_000_000_000L);
    for (int i = 0; i < chunks.length; i++) {
      long end = start + random.nextLong(100_000);
      int count = random.nextInt(1, 1000);
      Chunk chunk = chunkOf(random.nextInt(300), count, start, end, random.nextInt(4));
      boolean withStart = random.nextInt(3) == 0;
      chunks[i] =
          withStart
              ? new Chunk(count, start, end, chunk.times(), chunk.values(), bytes(9, 1))
              : chunk;
      start = end + 1;
    }
    return chunks;
  }

  static SeriesChunks series(String tenant, Labels labels, Chunk... chunks) {
    return new SeriesChunks(SeriesKey.of(tenant, labels), List.of(chunks));
  }

  static Chunk chunk(int count, long minTime, long maxTime, long seed) {
    return chunkOf(50, count, minTime, maxTime, seed);
  }

  static Chunk chunkOf(int valueBytes, int count, long minTime, long maxTime, long seed) {
    return new Chunk(count, minTime, maxTime, bytes(20, seed), bytes(valueBytes, seed + 1), null);
  }

  /** Slices are equal only to themselves, so that what they hold is compared as text. */
  static List<String> texts(List<SeriesChunks> series) {
    return series.stream()
        .map(s -> s.key() + s.chunks().stream().map(RandomSeries::text).toList().toString())
        .toList();
  }

  private static String text(Chunk chunk) {
    return chunk.count()
        + " from "
        + chunk.minTime()
        + " to "
        + chunk.maxTime()
        + " times "
        + text(chunk.times())
        + " values "
        + text(chunk.values())
        + " starts "
        + text(chunk.startTimes());
  }

  private static String text(@Nullable Slice slice) {
    return slice == null ? "none" : HexFormat.of().formatHex(slice.toByteArray());
  }

  private static Slice bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return Slice.of(bytes);
  }
}
