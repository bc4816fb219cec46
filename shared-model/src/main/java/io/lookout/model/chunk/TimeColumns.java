package io.lookout.model.chunk;

import org.jspecify.annotations.Nullable;

/**
 * Decodes time columns, and keeps what was decoded lately by the identity of the slice. Series of a
 * block share their time columns, one for each window, and are read one after the other:
 *
 * <pre>
 *   series 1   t1 ── t2 ── t3 ── t4      decoded
 *   series 2   t1 ── t2 ── t3 ── t4      known
 * </pre>
 *
 * One for each thread.
 */
final class TimeColumns {
  /** Windows of two hours in five days; a power of two. */
  private static final int KEPT = 64;

  /** Longer columns are not kept: bounds what the columns take, 4 MiB. */
  private static final int LONGEST_KEPT = 8192;

  private final LongColumn longs = new LongColumn();
  private final @Nullable Slice[] slices = new @Nullable Slice[KEPT];
  private final long[][] columns = new long[KEPT][];
  private final int[] counts = new int[KEPT];

  /**
   * The times, at least {@code n} entries of which the first n count; good until the next call, and
   * not to be written to.
   */
  long[] decoded(Slice slice, int n) {
    int hash = System.identityHashCode(slice);
    int place = (hash ^ (hash >>> 6)) & (KEPT - 1);
    if (isKept(place, slice, n)) {
      return columns[place];
    }
    if (n > Chunk.MAX_COUNT) {
      throw ColumnReader.corrupt(n + " samples in one chunk");
    }
    slices[place] = null;
    long[] times = columns[place];
    if (times == null || times.length < n) {
      times = new long[Math.max(n, 128)];
    }
    decode(slice, n, times);
    if (n <= LONGEST_KEPT) {
      columns[place] = times;
      counts[place] = n;
      slices[place] = slice;
    }
    return times;
  }

  @SuppressWarnings("ReferenceEquality") // Nobody writes to a slice: the same object is the same.
  private boolean isKept(int place, Slice slice, int n) {
    return slices[place] == slice && counts[place] == n;
  }

  private void decode(Slice slice, int n, long[] times) {
    ColumnReader in = new ColumnReader(slice);
    longs.read(in, times, 0, n);
    in.finish();
    boolean ascending = true;
    for (int i = 1; i < n; i++) {
      ascending &= times[i] > times[i - 1];
    }
    if (!ascending) {
      throw ColumnReader.corrupt("times do not ascend");
    }
  }
}
