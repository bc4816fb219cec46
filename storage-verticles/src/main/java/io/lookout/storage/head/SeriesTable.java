package io.lookout.storage.head;

import io.lookout.model.Fingerprint;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The series by slot, and the slots by fingerprint: an open-addressing table of longs, each 32 bits
 * of the fingerprint and the slot, probed one after the other. A look-up touches one line of the
 * table and the series itself, which is about to be appended to anyway.
 */
final class SeriesTable {
  private static final int NONE = -1;

  private long[] table = new long[1024];
  private @Nullable Series[] series = new @Nullable Series[512];
  private int[] free = new int[16];
  private int freeCount;
  private int used;
  private int size;

  int size() {
    return size;
  }

  /** Slots given out so far, free ones included. */
  int slots() {
    return used;
  }

  @Nullable Series at(int slot) {
    return series[slot];
  }

  /** The slot of the series, or -1. */
  int find(Fingerprint fingerprint) {
    int mask = table.length - 1;
    long tag = tag(fingerprint.low());
    for (int at = (int) fingerprint.low() & mask; table[at] != 0; at = (at + 1) & mask) {
      if ((table[at] & TAG) == tag) {
        int slot = (int) table[at] - 1;
        Series candidate = series[slot];
        if (candidate != null && candidate.is(fingerprint)) {
          return slot;
        }
      }
    }
    return NONE;
  }

  private static final long TAG = 0xffff_ffff_0000_0000L;

  private static long tag(long low) {
    return low & TAG;
  }

  /** The slot that the next series must be made with. */
  int nextSlot() {
    return freeCount > 0 ? free[freeCount - 1] : used;
  }

  /** Adds a series that is not in the table, made with {@link #nextSlot}. */
  void add(Series added) {
    if (freeCount > 0) {
      freeCount--;
    } else {
      used++;
    }
    if (added.slot >= series.length) {
      series = Arrays.copyOf(series, series.length * 2);
    }
    series[added.slot] = added;
    size++;
    if (size * 2 > table.length) {
      grow();
    } else {
      insert(added);
    }
  }

  private void grow() {
    table = new long[table.length * 2];
    forEach(this::insert);
  }

  private void insert(Series added) {
    int mask = table.length - 1;
    int at = (int) added.fingerprintLow() & mask;
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    table[at] = tag(added.fingerprintLow()) | (added.slot + 1);
  }

  void remove(Series removed) {
    int mask = table.length - 1;
    int at = (int) removed.fingerprintLow() & mask;
    while ((int) table[at] - 1 != removed.slot) {
      at = (at + 1) & mask;
    }
    closeGap(at, mask);
    series[removed.slot] = null;
    size--;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, free.length * 2);
    }
    free[freeCount++] = removed.slot;
  }

  /** Moves entries up that would not be found behind an empty place. */
  private void closeGap(int removed, int mask) {
    int gap = removed;
    table[gap] = 0;
    for (int at = (gap + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
      Series moved = series[(int) table[at] - 1];
      int home = moved == null ? at : (int) moved.fingerprintLow() & mask;
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        table[gap] = table[at];
        table[at] = 0;
        gap = at;
      }
    }
  }

  void forEach(Consumer<Series> visitor) {
    for (int slot = 0; slot < used; slot++) {
      Series each = series[slot];
      if (each != null) {
        visitor.accept(each);
      }
    }
  }
}
