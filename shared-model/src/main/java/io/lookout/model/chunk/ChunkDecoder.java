package io.lookout.model.chunk;

import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.DoubleColumn.Part;
import java.util.Arrays;

/**
 * Turns chunks into samples. Remembers time columns that it decoded lately, so that series that
 * share them pay once. Holds scratch space: one for each thread.
 */
public final class ChunkDecoder {
  private final LongColumn longs = new LongColumn();
  private final DoubleColumn doubles = new DoubleColumn();
  private final HistogramColumn histograms = new HistogramColumn(doubles);
  private final TimeColumns timeColumns = new TimeColumns();
  private long[] times = {};
  private int timeCount;

  /**
   * Appends all samples of the chunk.
   *
   * @throws LookoutException with {@code INTERNAL} where the bytes are not a chunk of {@code count}
   *     samples; nothing is appended then
   */
  public void decode(Chunk chunk, SampleColumns out) {
    int n = chunk.count();
    decodeTimes(chunk);
    out.reserve(n);
    int to = out.size;
    System.arraycopy(times, 0, out.times, to, n);
    decodeValues(chunk, out, to);
    decodeStartTimes(chunk, out, to);
    out.size = to + n;
  }

  /** Appends the samples of the chunk whose times are in [minTime, maxTime], both inclusive. */
  public void decode(Chunk chunk, long minTime, long maxTime, SampleColumns out) {
    if (!chunk.overlaps(minTime, maxTime) || minTime > maxTime) {
      return;
    }
    if (chunk.minTime() >= minTime && chunk.maxTime() <= maxTime) {
      decode(chunk, out);
      return;
    }
    decodeTimes(chunk);
    int first = countBelow(minTime);
    int end = maxTime == Long.MAX_VALUE ? chunk.count() : countBelow(maxTime + 1);
    if (first >= end) {
      return;
    }
    if (chunk.holdsFloats() && chunk.startTimes() == null) {
      decodeFloats(chunk, new Part(first, end - first, chunk.count()), out);
    } else {
      int before = out.size;
      decode(chunk, out);
      out.size = before + end;
      dropHead(out, before, first);
    }
  }

  private void decodeFloats(Chunk chunk, Part part, SampleColumns out) {
    int n = part.count();
    out.reserve(n);
    int to = out.size;
    doubles.read(new ColumnReader(chunk.values()), out.values, to, part);
    System.arraycopy(times, part.first(), out.times, to, n);
    clearHistograms(out, to, n);
    if (out.startTimes != null) {
      Arrays.fill(out.startTimes, to, to + n, 0);
    }
    out.size = to + n;
  }

  /** How many of the chunk's times are less than this one. */
  private int countBelow(long time) {
    int at = Arrays.binarySearch(times, 0, timeCount, time);
    return at >= 0 ? at : -at - 1;
  }

  private static void dropHead(SampleColumns out, int at, int n) {
    int rest = out.size - at - n;
    System.arraycopy(out.times, at + n, out.times, at, rest);
    System.arraycopy(out.values, at + n, out.values, at, rest);
    if (out.histograms != null) {
      System.arraycopy(out.histograms, at + n, out.histograms, at, rest);
      Arrays.fill(out.histograms, at + rest, out.size, null);
    }
    if (out.startTimes != null) {
      System.arraycopy(out.startTimes, at + n, out.startTimes, at, rest);
      Arrays.fill(out.startTimes, at + rest, out.size, 0);
    }
    out.size -= n;
  }

  private void decodeTimes(Chunk chunk) {
    times = timeColumns.decoded(chunk.times(), chunk.count());
    timeCount = chunk.count();
    if (times[0] != chunk.minTime() || times[timeCount - 1] != chunk.maxTime()) {
      throw ColumnReader.corrupt("times are not those that the chunk claims");
    }
  }

  private void decodeValues(Chunk chunk, SampleColumns out, int to) {
    ColumnReader in = new ColumnReader(chunk.values());
    in.need(1);
    if (in.array[in.position] == HistogramColumn.RUNS) {
      histograms.read(in, out.histogramColumn(), to, chunk.count());
      for (int i = to; i < to + chunk.count(); i++) {
        out.values[i] = java.util.Objects.requireNonNull(out.histogram(i)).sum();
      }
    } else {
      doubles.read(in, out.values, to, chunk.count());
      clearHistograms(out, to, chunk.count());
    }
    in.finish();
  }

  /** An array that was used before may hold what was cut off. */
  private static void clearHistograms(SampleColumns out, int to, int n) {
    if (out.histograms != null) {
      Arrays.fill(out.histograms, to, to + n, null);
    }
  }

  private void decodeStartTimes(Chunk chunk, SampleColumns out, int to) {
    Slice column = chunk.startTimes();
    if (column != null) {
      ColumnReader in = new ColumnReader(column);
      longs.read(in, out.startTimeColumn(), to, chunk.count());
      in.finish();
    } else if (out.startTimes != null) {
      Arrays.fill(out.startTimes, to, to + chunk.count(), 0);
    }
  }
}
