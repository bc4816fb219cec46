package io.lookout.storage.block;

import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code chunks} binary of a block: {@code docs/formats/block.md} draws its bytes. Time
 * columns with equal bytes are written once, whoever made them.
 */
final class ChunkTableWriter {
  static final int FORMAT = 1;

  private final Map<Axis, Integer> axes = new HashMap<>();
  private final ByteWriter axisTable = new ByteWriter(256);
  private final ByteWriter axisColumns = new ByteWriter(1024);
  private final ByteWriter seriesTable = new ByteWriter(512);
  private final ByteWriter valueColumns = new ByteWriter(BlockWriter.TARGET_BYTES);
  private int seriesCount;
  private long sampleCount;
  private long lastAxisStart;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  /** A time column by its bytes, which include its first time and its length. */
  private record Axis(int count, long minTime, long maxTime, Slice times) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Axis axis
          && axis.count == count
          && axis.minTime == minTime
          && axis.maxTime == maxTime
          && (axis.times == times
              || Arrays.equals(
                  axis.times.array(),
                  axis.times.offset(),
                  axis.times.offset() + axis.times.length(),
                  times.array(),
                  times.offset(),
                  times.offset() + times.length()));
    }

    @Override
    public int hashCode() {
      return (Long.hashCode(minTime) * 31 + Long.hashCode(maxTime)) * 31 + count;
    }
  }

  void add(List<Chunk> chunks) {
    seriesTable.putVarLong(chunks.size());
    for (Chunk chunk : chunks) {
      seriesTable.putVarLong(axis(chunk));
      seriesTable.putVarLong(chunk.values().length());
      write(valueColumns, chunk.values());
      Slice startTimes = chunk.startTimes();
      seriesTable.putVarLong(startTimes == null ? 0 : 1 + startTimes.length());
      if (startTimes != null) {
        write(valueColumns, startTimes);
      }
      sampleCount += chunk.count();
      minTime = Math.min(minTime, chunk.minTime());
      maxTime = Math.max(maxTime, chunk.maxTime());
    }
    seriesCount++;
  }

  private int axis(Chunk chunk) {
    Axis axis = new Axis(chunk.count(), chunk.minTime(), chunk.maxTime(), chunk.times());
    Integer known = axes.get(axis);
    if (known != null) {
      return known;
    }
    int number = axes.size();
    axes.put(axis, number);
    axisTable.putVarLong(axis.count());
    axisTable.putZigZag(axis.minTime() - lastAxisStart);
    axisTable.putVarLong(axis.maxTime() - axis.minTime());
    axisTable.putVarLong(axis.times().length());
    lastAxisStart = axis.minTime();
    write(axisColumns, axis.times());
    return number;
  }

  private static void write(ByteWriter out, Slice slice) {
    out.putBytes(slice.array(), slice.offset(), slice.length());
  }

  long minTime() {
    return minTime;
  }

  long maxTime() {
    return maxTime;
  }

  long sampleCount() {
    return sampleCount;
  }

  byte[] toByteArray() {
    ByteWriter out =
        new ByteWriter(
            64 + axisTable.size() + axisColumns.size() + seriesTable.size() + valueColumns.size());
    out.putByte(FORMAT);
    out.putVarLong(axes.size());
    append(out, axisTable);
    out.putVarLong(seriesCount);
    append(out, seriesTable);
    append(out, axisColumns);
    append(out, valueColumns);
    return Checksum.append(out);
  }

  private static void append(ByteWriter out, ByteWriter part) {
    out.putBytes(part.array(), 0, part.size());
  }
}
