package io.lookout.storage.block;

import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.List;

/** Packs the series of one tenant, metric and window into blocks. */
public final class BlockWriter {
  /** A block ends after so many series. */
  public static final int MAX_SERIES = 128;

  /** Or where its columns would take more than this, but for a single series that alone does. */
  public static final int TARGET_BYTES = 64 * 1024;

  private final BlockOrigin origin;

  public BlockWriter(BlockOrigin origin) {
    this.origin = origin;
  }

  /** Blocks as a shard seals them, before all others. */
  public BlockWriter(String tenant, String metric, long windowStart) {
    this(new BlockOrigin(tenant, metric, windowStart, 0, 0));
  }

  /**
   * The blocks of these series.
   *
   * @param series each once, sorted by labels, each with at least one chunk
   */
  public List<Block> write(List<SeriesChunks> series) {
    List<Block> blocks = new ArrayList<>();
    int start = 0;
    while (start < series.size()) {
      int end = endOfBlock(series, start);
      blocks.add(block(series.subList(start, end)));
      start = end;
    }
    return blocks;
  }

  private static int endOfBlock(List<SeriesChunks> series, int start) {
    long bytes = 0;
    int end = start;
    while (end < series.size() && end - start < MAX_SERIES) {
      bytes += valueBytes(series.get(end));
      if (bytes > TARGET_BYTES && end > start) {
        break;
      }
      end++;
    }
    return end;
  }

  /** Without the times, which are mostly shared. */
  private static long valueBytes(SeriesChunks series) {
    long bytes = 0;
    for (Chunk chunk : series.chunks()) {
      bytes += chunk.encodedBytes() - chunk.times().length();
    }
    return bytes;
  }

  private Block block(List<SeriesChunks> series) {
    LabelTable table =
        LabelTableCodec.tableOf(
            origin.tenant(), series.stream().map(s -> s.key().labels()).toList());
    ChunkTableWriter chunks = new ChunkTableWriter();
    series.forEach(s -> chunks.add(s.chunks()));
    byte[] tableBytes = LabelTableCodec.encode(table);
    byte[] chunkBytes = chunks.toByteArray();
    return new Block(
        Block.idOf(origin, tableBytes, chunkBytes),
        origin.tenant(),
        origin.metric(),
        origin.windowStart(),
        origin.sequence(),
        origin.level(),
        chunks.minTime(),
        chunks.maxTime(),
        table.labelTerms(),
        series.size(),
        chunks.sampleCount(),
        tableBytes,
        chunkBytes);
  }
}
