package io.lookout.storage.block;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the series of several blocks together: each once, its samples in few long chunks. Of samples
 * of one time, that of the block with the highest sequence stays. Blocks may be added in any order.
 * Not thread-safe.
 */
public final class BlockMerge {
  private final int maxSamples;
  private final ChunkMerge chunks = new ChunkMerge();
  private final TreeMap<SeriesKey, List<Ranked>> series = new TreeMap<>(SeriesKey.ORDER);

  /**
   * @param maxSamples of a chunk
   */
  public BlockMerge(int maxSamples) {
    this.maxSamples = maxSamples;
  }

  /**
   * @throws CorruptBlockException where the bytes are not what was written; nothing of the block is
   *     added then
   */
  public void add(Block block) throws CorruptBlockException {
    for (SeriesChunks each : BlockReader.series(block)) {
      List<Ranked> known = series.computeIfAbsent(each.key(), key -> new ArrayList<>());
      for (Chunk chunk : each.chunks()) {
        known.add(new Ranked(chunk, block.sequence(), known.size()));
      }
    }
  }

  /** All that was added, in the order of the series; nothing is left after it. */
  public List<SeriesChunks> takeAll() {
    return take(series);
  }

  /** As {@link #takeAll}, but the series from this one on are left. */
  public List<SeriesChunks> takeBefore(SeriesKey bound) {
    return take(series.headMap(bound));
  }

  private List<SeriesChunks> take(SortedMap<SeriesKey, List<Ranked>> some) {
    List<SeriesChunks> taken = new ArrayList<>(some.size());
    for (Map.Entry<SeriesKey, List<Ranked>> each : some.entrySet()) {
      List<Chunk> inOrder = Ranked.inOrder(each.getValue());
      taken.add(new SeriesChunks(each.getKey(), chunks.merge(inOrder, maxSamples)));
    }
    some.clear();
    return taken;
  }
}
