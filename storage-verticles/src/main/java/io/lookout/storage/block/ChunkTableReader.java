package io.lookout.storage.block;

import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.MalformedBytesException;
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
  private final byte[] bytes;
  private final ByteReader in;
  private final LabelTable table;
  private final boolean copies;
  private final Axis[] axes;

  private ChunkTableReader(LabelTable table, BitSet wanted, byte[] chunks, ByteReader in) {
    this.table = table;
    this.bytes = chunks;
    this.in = in;
    copies = wanted.cardinality() * 4 < table.seriesCount();
    int format = in.readByte();
    if (format != ChunkTableWriter.FORMAT) {
      throw new MalformedBytesException("unknown format " + format);
    }
    axes = new Axis[in.readCount(4)];
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
    ByteReader in = Checksum.check(chunks, "chunk table");
    try {
      return new ChunkTableReader(table, wanted, chunks, in).select(wanted, minTime, maxTime);
    } catch (MalformedBytesException e) {
      throw new CorruptBlockException("chunk table", e);
    }
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

  private void readAxes() {
    long start = 0;
    for (int i = 0; i < axes.length; i++) {
      long count = in.readVarLong();
      start += in.readZigZag();
      long end = start + in.readVarLong();
      int length = in.readCount(1);
      if (count < 1 || count > Chunk.MAX_COUNT || end < start) {
        throw new MalformedBytesException(count + " samples from " + start + " to " + end);
      }
      axes[i] = new Axis((int) count, start, end, length);
    }
  }

  /** One chunk of the directory: where its columns are follows when all of it has been read. */
  private record Entry(int series, Axis axis, int valuesLength, int startTimesLength) {
    static final int NONE = -1;
  }

  private List<SeriesChunks> select(BitSet wanted, long minTime, long maxTime) {
    List<Entry> entries = readEntries();
    for (Axis axis : axes) {
      axis.offset = skip(axis.length);
    }
    List<SeriesChunks> selected = new ArrayList<>(wanted.cardinality());
    List<Chunk> chunks = new ArrayList<>(1);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      int values = skip(entry.valuesLength);
      int startTimes = skip(Math.max(0, entry.startTimesLength));
      if (wanted.get(entry.series)
          && entry.axis.minTime <= maxTime
          && entry.axis.maxTime >= minTime) {
        chunks.add(chunk(entry, values, startTimes));
      }
      boolean lastOfSeries = i + 1 == entries.size() || entries.get(i + 1).series != entry.series;
      if (lastOfSeries && !chunks.isEmpty()) {
        selected.add(new SeriesChunks(table.key(entry.series), List.copyOf(chunks)));
        chunks.clear();
      }
    }
    return selected;
  }

  /** Moves past {@code length} bytes and returns where they begin. */
  private int skip(int length) {
    int start = in.position();
    in.skip(length);
    return start;
  }

  private List<Entry> readEntries() {
    int seriesCount = in.readCount(1);
    if (seriesCount != table.seriesCount()) {
      throw new MalformedBytesException(
          seriesCount + " series beside labels of " + table.seriesCount());
    }
    List<Entry> entries = new ArrayList<>(seriesCount);
    for (int series = 0; series < seriesCount; series++) {
      int chunkCount = in.readCount(3);
      for (int i = 0; i < chunkCount; i++) {
        entries.add(readEntry(series));
      }
    }
    return entries;
  }

  private Entry readEntry(int series) {
    long axis = in.readVarLong();
    if (axis < 0 || axis >= axes.length) {
      throw new MalformedBytesException("time column " + axis + " of " + axes.length);
    }
    return new Entry(series, axes[(int) axis], in.readCount(1), startTimesLength());
  }

  /** One less than what is written, so that an absent column differs from an empty one. */
  private int startTimesLength() {
    long lengthAndOne = in.readVarLong();
    if (lengthAndOne < 0 || lengthAndOne > in.remaining() + 1L) {
      throw new MalformedBytesException("start times of " + (lengthAndOne - 1) + " bytes");
    }
    return (int) lengthAndOne - 1;
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
    Slice slice = new Slice(bytes, offset, length);
    return copies ? Slice.of(slice.toByteArray()) : slice;
  }
}
