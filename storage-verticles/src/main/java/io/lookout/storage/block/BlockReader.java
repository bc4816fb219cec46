package io.lookout.storage.block;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.List;

/** Makes blocks again of what a store keeps of them. */
public final class BlockReader {
  private BlockReader() {}

  /**
   * The block with these binaries: what follows from them is taken from them.
   *
   * @param id under which it was kept
   * @throws CorruptBlockException where the bytes are not what was written
   */
  public static Block block(String id, BlockOrigin origin, byte[] series, byte[] chunks)
      throws CorruptBlockException {
    LabelTable table = LabelTableCodec.decode(origin.tenant(), series);
    long minTime = Long.MAX_VALUE;
    long maxTime = Long.MIN_VALUE;
    long samples = 0;
    for (SeriesChunks each : all(table, chunks)) {
      for (Chunk chunk : each.chunks()) {
        minTime = Math.min(minTime, chunk.minTime());
        maxTime = Math.max(maxTime, chunk.maxTime());
        samples += chunk.count();
      }
    }
    return new Block(
        id,
        origin.tenant(),
        origin.metric(),
        origin.windowStart(),
        origin.sequence(),
        origin.level(),
        minTime,
        maxTime,
        table.labelTerms(),
        table.seriesCount(),
        samples,
        series,
        chunks);
  }

  /** The series of a block, in the order of its label table. */
  public static List<SeriesChunks> series(Block block) throws CorruptBlockException {
    return all(LabelTableCodec.decode(block.tenant(), block.series()), block.chunks());
  }

  /** The first series of a block, by which blocks of one metric can be put in order. */
  public static SeriesKey firstSeries(Block block) throws CorruptBlockException {
    return LabelTableCodec.decode(block.tenant(), block.series()).key(0);
  }

  private static List<SeriesChunks> all(LabelTable table, byte[] chunks)
      throws CorruptBlockException {
    return ChunkTableReader.read(
        table, table.matching(List.of()), chunks, Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
