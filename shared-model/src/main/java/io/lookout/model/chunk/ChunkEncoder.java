package io.lookout.model.chunk;

import io.lookout.model.SampleColumns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns samples into chunks, each column in the form that takes the fewest bytes. Holds scratch
 * space: one for each thread. Chunks whose times are equal get the same {@code times} slice as long
 * as the encoder remembers it.
 */
public final class ChunkEncoder {
  private static final int REMEMBERED = 256;

  private final ColumnWriter out = new ColumnWriter();
  private final LongColumn longs = new LongColumn();
  private final DoubleColumn doubles = new DoubleColumn();
  private final HistogramColumn histograms = new HistogramColumn(doubles);
  private final @Nullable Slice[] timeColumns = new @Nullable Slice[REMEMBERED];
  private long[] scratch = new long[128];

  // The times encoded last: most series have the times of the one before.
  private long[] lastTimes = new long[128];
  private int lastCount;
  private @Nullable Slice lastColumn;

  /**
   * Encodes the samples [from, to): at least one and at most {@link Chunk#MAX_COUNT}, times
   * strictly ascending, either all floats or all histograms.
   */
  public Chunk encode(SampleColumns samples, int from, int to) {
    int n = to - from;
    if (n < 1 || n > Chunk.MAX_COUNT) {
      throw new IllegalArgumentException("a chunk of " + n + " samples");
    }
    Slice times = times(samples.times, from, n);
    Slice values = values(samples, from, n);
    Slice startTimes = startTimes(samples.startTimes, from, n);
    return new Chunk(n, samples.times[from], samples.times[to - 1], times, values, startTimes);
  }

  /**
   * The same without looking for the smallest form of the values: for an answer that is read once,
   * here. Only floats.
   */
  public Chunk plain(SampleColumns samples, int from, int to) {
    int n = to - from;
    Slice times = times(samples.times, from, n);
    out.clear();
    DoubleColumn.writePlain(out, samples.values, from, n);
    Slice values = Slice.of(out.toByteArray());
    Slice startTimes = startTimes(samples.startTimes, from, n);
    return new Chunk(n, samples.times[from], samples.times[to - 1], times, values, startTimes);
  }

  private Slice times(long[] times, int from, int n) {
    Slice last = lastColumn;
    if (last != null && Arrays.equals(lastTimes, 0, lastCount, times, from, from + n)) {
      return last;
    }
    out.clear();
    writeLongs(times, from, n);
    Slice column = remembered();
    if (n > lastTimes.length) {
      lastTimes = new long[Math.max(n, lastTimes.length * 2)];
    }
    System.arraycopy(times, from, lastTimes, 0, n);
    lastCount = n;
    lastColumn = column;
    return column;
  }

  /** The column that was written, as the object that it was the last time. */
  private Slice remembered() {
    int hash = 1;
    for (int i = 0; i < out.size(); i++) {
      hash = hash * 31 + out.array()[i];
    }
    int place = (hash ^ (hash >>> 15)) & (REMEMBERED - 1);
    Slice known = timeColumns[place];
    if (known != null
        && Arrays.equals(known.array(), 0, known.length(), out.array(), 0, out.size())) {
      return known;
    }
    Slice column = Slice.of(out.toByteArray());
    timeColumns[place] = column;
    return column;
  }

  private Slice values(SampleColumns samples, int from, int n) {
    out.clear();
    if (samples.histogram(from) == null) {
      doubles.write(out, samples.values, from, n);
    } else {
      histograms.write(out, samples.histogramColumn(), from, n);
    }
    return Slice.of(out.toByteArray());
  }

  private @Nullable Slice startTimes(long @Nullable [] startTimes, int from, int n) {
    if (startTimes == null) {
      return null;
    }
    long any = 0;
    for (int i = from; i < from + n; i++) {
      any |= startTimes[i];
    }
    if (any == 0) {
      return null;
    }
    out.clear();
    writeLongs(startTimes, from, n);
    return Slice.of(out.toByteArray());
  }

  private void writeLongs(long[] numbers, int from, int n) {
    if (n > scratch.length) {
      scratch = new long[Math.max(n, scratch.length * 2)];
    }
    System.arraycopy(numbers, from, scratch, 0, n);
    longs.plan(scratch, n);
    longs.write(out, scratch, n);
  }
}
