package io.lookout.storage.block;

import io.lookout.model.Matcher;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block whose binaries were read: its chunks stand ready to be handed over, so that who comes
 * again pays for the series that he wants and not for the block. Immutable.
 */
public final class OpenBlock {
  /** Objects around the bytes of one series: chunk, slices, list. */
  private static final int BYTES_A_SERIES = 160;

  private final LabelTable table;
  private final long sequence;
  private final int bytes;

  /** By the place of the series in the table; null where it has no chunk. */
  private final @Nullable SeriesChunks[] rows;

  private OpenBlock(LabelTable table, long sequence, byte[] chunks) throws CorruptBlockException {
    this.table = table;
    this.sequence = sequence;
    this.bytes = chunks.length + BYTES_A_SERIES * table.seriesCount();
    this.rows = new @Nullable SeriesChunks[table.seriesCount()];
    BitSet all = table.matching(List.of());
    int row = 0;
    for (SeriesChunks each :
        ChunkTableReader.read(table, all, chunks, Long.MIN_VALUE, Long.MAX_VALUE)) {
      while (!table.key(row).equals(each.key())) {
        row++;
      }
      rows[row++] = each;
    }
  }

  /**
   * @param sequence of samples of one time, those of the block with the higher one win
   * @throws CorruptBlockException where the bytes are not what was written
   */
  public static OpenBlock of(LabelTable table, long sequence, byte[] chunks)
      throws CorruptBlockException {
    return new OpenBlock(table, sequence, chunks);
  }

  public long sequence() {
    return sequence;
  }

  /** Roughly what it takes in memory, the label table not counted. */
  public int estimatedBytes() {
    return bytes;
  }

  /** The places of the series that all matchers accept. */
  public BitSet matching(List<Matcher> matchers) {
    return table.matching(matchers);
  }

  /**
   * The chunks of the wanted series that overlap [minTime, maxTime], both inclusive; series without
   * such a chunk are left out. Where few are wanted they are copies, so that an answer does not
   * hold the whole block in memory.
   */
  public List<SeriesChunks> select(BitSet wanted, long minTime, long maxTime) {
    int count = wanted.cardinality();
    Copies copies = count * 4 < rows.length ? new Copies() : null;
    List<SeriesChunks> selected = new ArrayList<>(count);
    for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
      SeriesChunks row = rows[i];
      SeriesChunks found = row == null ? null : overlapping(row, minTime, maxTime);
      if (found != null) {
        selected.add(copies == null ? found : copies.of(found));
      }
    }
    return selected;
  }

  private static @Nullable SeriesChunks overlapping(SeriesChunks row, long minTime, long maxTime) {
    int found = 0;
    for (Chunk chunk : row.chunks()) {
      found += chunk.overlaps(minTime, maxTime) ? 1 : 0;
    }
    if (found == row.chunks().size()) {
      return row;
    }
    return found == 0
        ? null
        : new SeriesChunks(
            row.key(),
            row.chunks().stream().filter(chunk -> chunk.overlaps(minTime, maxTime)).toList());
  }

  /** Copies chunks; those that shared a time column share its copy. */
  private static final class Copies {
    private final IdentityHashMap<Slice, Slice> times = new IdentityHashMap<>();

    SeriesChunks of(SeriesChunks row) {
      List<Chunk> copied = new ArrayList<>(row.chunks().size());
      for (Chunk chunk : row.chunks()) {
        Slice startTimes = chunk.startTimes();
        copied.add(
            new Chunk(
                chunk.count(),
                chunk.minTime(),
                chunk.maxTime(),
                times.computeIfAbsent(chunk.times(), Copies::copy),
                copy(chunk.values()),
                startTimes == null ? null : copy(startTimes)));
      }
      return new SeriesChunks(row.key(), copied);
    }

    private static Slice copy(Slice slice) {
      return Slice.of(slice.toByteArray());
    }
  }
}
