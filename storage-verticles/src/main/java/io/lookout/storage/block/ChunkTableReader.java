package io.lookout.storage.block;

import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code chunks} binary of a block. Nothing is decoded: chunks are slices of the binary,
 * or of copies where few of its series are wanted and the rest should not be held in memory.
 */
public final class ChunkTableReader {
  private final ByteReader in;
  private final LabelTable table;
  private final boolean copies;
  private final Axis[] axes;

  private ChunkTableReader(LabelTable table, BitSet wanted, byte[] chunks)
      throws CorruptBlockException {
    this.table = table;
    in = new ByteReader(chunks, "chunk table");
    copies = wanted.cardinality() * 4 < table.seriesCount();
    int format = in.readByte();
    if (format != ChunkTableWriter.FORMAT) {
      throw in.corrupt("has the unknown format " + format);
    }
    axes = new Axis[in.readCount(in.remaining() / 4, "time columns")];
    readAxes();
  }

  /**
   * The chunks of the wanted series that overlap [minTime, maxTime], both inclusive; series without
   * such a chunk are left out.
   *
   * @throws CorruptBlockException where the bytes are not what was written
   */
  public static List<SeriesChunks> read(
      LabelTable table, BitSet wanted, byte[] chunks, long minTime, long maxTime)
      throws CorruptBlockException {
    return new ChunkTableReader(table, wanted, chunks).select(wanted, minTime, maxTime);
  }

  /** A time column that chunks share, and so the slice that they share. */
  private static final class Axis {
    private final int count;
    private final long minTime;
    private final long maxTime;
    private final int length;
    private int offset;
    private @Nullable Slice slice;

    Axis(int count, long minTime, long maxTime, int length) {
      this.count = count;
      this.minTime = minTime;
      this.maxTime = maxTime;
      this.length = length;
    }
  }

  private void readAxes() throws CorruptBlockException {
    long start = 0;
    for (int i = 0; i < axes.length; i++) {
      int count = in.readCount(Integer.MAX_VALUE, "samples");
      start += in.readZigzag();
      long end = start + in.readVarint();
      int length = in.readCount(in.remaining(), "bytes of times");
      if (count == 0 || end < start) {
        throw in.corrupt("has " + count + " samples from " + start + " to " + end);
      }
      axes[i] = new Axis(count, start, end, length);
    }
  }

  /** One chunk of the directory: where its columns are follows when all of it has been read. */
  private record Entry(int series, Axis axis, int valuesLength, int startTimesLength) {
    static final int NONE = -1;
  }

  private List<SeriesChunks> select(BitSet wanted, long minTime, long maxTime)
      throws CorruptBlockException {
    List<Entry> entries = readEntries();
    for (Axis axis : axes) {
      axis.offset = in.skip(axis.length);
    }
    List<SeriesChunks> selected = new ArrayList<>(wanted.cardinality());
    List<Chunk> chunks = new ArrayList<>(1);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      int values = in.skip(entry.valuesLength);
      int startTimes = in.skip(Math.max(0, entry.startTimesLength));
      if (wanted.get(entry.series)
          && entry.axis.minTime <= maxTime
          && entry.axis.maxTime >= minTime) {
        chunks.add(chunk(entry, values, startTimes));
      }
      boolean lastOfSeries =
          i + 1 == entries.size() || entries.get(i + 1).series != entry.series;
      if (lastOfSeries && !chunks.isEmpty()) {
        selected.add(new SeriesChunks(table.key(entry.series), List.copyOf(chunks)));
        chunks.clear();
      }
    }
    return selected;
  }

  private List<Entry> readEntries() throws CorruptBlockException {
    int seriesCount = in.readCount(in.remaining(), "series");
    if (seriesCount != table.seriesCount()) {
      throw in.corrupt("has " + seriesCount + " series, its labels " + table.seriesCount());
    }
    List<Entry> entries = new ArrayList<>(seriesCount);
    for (int series = 0; series < seriesCount; series++) {
      int chunkCount = in.readCount(in.remaining() / 3, "chunks");
      for (int i = 0; i < chunkCount; i++) {
        entries.add(readEntry(series));
      }
    }
    return entries;
  }

  private Entry readEntry(int series) throws CorruptBlockException {
    int axis = in.readCount(axes.length - 1L, "time columns before");
    int valuesLength = in.readCount(in.remaining(), "bytes of values");
    int startTimes = in.readCount(in.remaining() + 1L, "bytes of start times");
    return new Entry(
        series, axes[axis], valuesLength, startTimes == 0 ? Entry.NONE : startTimes - 1);
  }

  private Chunk chunk(Entry entry, int values, int startTimes) {
    Axis axis = entry.axis;
    Slice times = axis.slice;
    if (times == null) {
      times = slice(axis.offset, axis.length);
      axis.slice = times;
    }
    return new Chunk(
        axis.count,
        axis.minTime,
        axis.maxTime,
        times,
        slice(values, entry.valuesLength),
        entry.startTimesLength == Entry.NONE ? null : slice(startTimes, entry.startTimesLength));
  }

  private Slice slice(int offset, int length) {
    Slice slice = new Slice(in.array(), offset, length);
    return copies ? Slice.of(slice.toByteArray()) : slice;
  }
}
