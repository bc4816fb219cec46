package io.lookout.app.tsdb;

import io.lookout.model.SampleColumns;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.chunk.ChunkMerge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was deleted from a block: {@code tsdb/docs/format/tombstones.md}. */
final class Tombstones {
  private static final int MAGIC = 0x0130BA30;
  private static final int VERSION = 1;

  private record Interval(long minTime, long maxTime) {}

  private final Map<Long, List<Interval>> bySeries = new HashMap<>();

  /** Those of a file, which may be missing. */
  static Tombstones of(Path path) throws IOException {
    Tombstones tombstones = new Tombstones();
    if (!Files.exists(path)) {
      return tombstones;
    }
    try (FileBytes file = new FileBytes(path)) {
      if (file.readInt() != MAGIC || file.readByte() != VERSION) {
        throw new MalformedBytesException(path + " is no file of Prometheus's tombstones");
      }
      long end = file.size() - 4;
      while (file.position() < end) {
        tombstones.add(file.readUvarint(), file.readVarint(), file.readVarint());
      }
    }
    return tombstones;
  }

  /** Both times inclusive. */
  void add(long series, long minTime, long maxTime) {
    bySeries.computeIfAbsent(series, id -> new ArrayList<>()).add(new Interval(minTime, maxTime));
  }

  boolean isDeleted(long series, long time) {
    List<Interval> deleted = bySeries.get(series);
    return deleted != null
        && deleted.stream().anyMatch(each -> time >= each.minTime && time <= each.maxTime);
  }

  /** The samples of a series without those deleted. */
  SampleColumns left(long series, SampleColumns samples) {
    if (!bySeries.containsKey(series)) {
      return samples;
    }
    SampleColumns left = new SampleColumns(samples.size);
    for (int i = 0; i < samples.size; i++) {
      if (!isDeleted(series, samples.times[i])) {
        ChunkMerge.append(samples, i, left);
      }
    }
    return left;
  }
}
