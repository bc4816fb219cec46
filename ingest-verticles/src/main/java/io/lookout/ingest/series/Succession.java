package io.lookout.ingest.series;

import io.lookout.model.SeriesKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds series in the order in which they came before: a sender brings its series in the same order
 * every time. What is guessed right costs a comparison in arrays that are read from front to back,
 * and none of the look-ups in the large table of {@link SeriesIndex}, each of which waits for
 * memory.
 *
 * <pre>
 *   first of a request ── low ──► positions ──► p
 *   highs, lows    │ … │ p │ p + 1 │ p + 2 │ …   compared with what comes, one after the other
 *   series         │ … │ p │ p + 1 │ p + 2 │ …
 * </pre>
 *
 * <p>Hashes are salted with the tenant, so that an entry that has the same 128 bits is of the same
 * tenant. Remembers up to {@value #LARGEST} series, 28 bytes each, until the index forgets what is
 * unused; what comes beyond is found by the index alone. Not thread-safe: each decoder has its own.
 */
public final class Succession {
  private static final int SMALLEST = 1 << 10;
  private static final int LARGEST = 1 << 18;

  private final SeriesIndex index;
  private long[] highs = new long[SMALLEST];
  private long[] lows = new long[SMALLEST];
  private @Nullable SeriesKey[] series = new SeriesKey[SMALLEST];

  /** By the low bits of a hash: a hint. */
  private int[] positions = new int[2 * SMALLEST];

  private int size;
  private int next;
  private int generation;

  public Succession(SeriesIndex index) {
    this.index = index;
    this.generation = index.generation();
  }

  /** To be called where a request begins: after the index has forgotten, so does this. */
  public void begin() {
    int now = index.generation();
    if (generation != now) {
      generation = now;
      Arrays.fill(series, 0, size, null);
      size = 0;
      next = 0;
    }
  }

  /** The series of these labels, if it is known. */
  public @Nullable SeriesKey find(String tenant, long high, long low) {
    if (isAt(next, high, low)) {
      return series[next++];
    }
    int hint = positions[position(low)];
    if (isAt(hint, high, low)) {
      next = hint + 1;
      return series[hint];
    }
    SeriesKey found = index.find(tenant, high, low);
    if (found != null && size < LARGEST) {
      append(high, low, found);
    }
    return found;
  }

  private boolean isAt(int i, long high, long low) {
    return i < size && lows[i] == low && highs[i] == high;
  }

  private int position(long low) {
    return (int) low & positions.length - 1;
  }

  private void append(long high, long low, SeriesKey found) {
    if (size == lows.length) {
      grow();
    }
    highs[size] = high;
    lows[size] = low;
    series[size] = found;
    positions[position(low)] = size;
    size++;
    next = size;
  }

  private void grow() {
    int capacity = size * 2;
    highs = Arrays.copyOf(highs, capacity);
    lows = Arrays.copyOf(lows, capacity);
    series = Arrays.copyOf(series, capacity);
    positions = new int[2 * capacity];
    for (int i = 0; i < size; i++) {
      positions[position(lows[i])] = i;
    }
  }
}
