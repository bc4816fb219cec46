package io.lookout.model.series;

import io.lookout.model.SeriesKey;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which series stands behind which bytes, so that the labels of a known series are never
 * turned into strings again.
 *
 * <p>The bytes themselves are not kept, only a 128-bit hash of them (the decoder's business, seeded
 * anew by every process so that nobody can prepare collisions). The table is a set-associative
 * cache: a hash names one set of {@value #WAYS} slots, and its series can be in no other set. So
 * the table is bounded by construction, has no chains to grow, and needs no lock: an entry is
 * immutable but for its mark of use, readers and writers meet in one volatile array element, and
 * two writers that race for one slot lose an entry, which the next request adds again.
 *
 * <pre>
 *   hash ── low bits ──► set 0x2a  lows  [ l ][ l ][ l ][ 0 ][ 0 ][ 0 ][ 0 ][ 0 ]   one cache line
 *                                  slots [ e ][ e ][ e ][   ][   ][   ][   ][   ]
 *                                          │
 *                                          └─ high, low, tenant (verified), series, used
 * </pre>
 *
 * <p>The lower halves of the hashes stand beside the slots, so that one line of memory says which
 * slot it can be. They are a hint that may lag behind: what counts is in the entry.
 *
 * <p>A full set gives up an entry that was not used since the set was last full (second chance).
 * {@link #forgetUnused} is called from time to time and drops what nobody has asked for in between:
 * series that are gone do not hold their labels in memory.
 */
public final class SeriesCache {
  private static final int WAYS = 8;

  private final AtomicReferenceArray<@Nullable Entry> slots;
  private final long[] lows;
  private final int setMask;

  private static final class Entry {
    final long high;
    final long low;
    final String tenant;
    final SeriesKey series;
    boolean used = true;

    Entry(long high, long low, SeriesKey series) {
      this.high = high;
      this.low = low;
      this.tenant = series.tenant();
      this.series = series;
    }
  }

  /** A cache of at least so many slots: the next power of two. */
  public SeriesCache(int capacity) {
    if (capacity < 1 || capacity > 1 << 28) {
      throw new IllegalArgumentException("a series cache of " + capacity + " entries");
    }
    int size = Math.max(WAYS, Integer.highestOneBit(Math.max(capacity * 2 - 1, 1)));
    slots = new AtomicReferenceArray<>(size);
    lows = new long[size];
    setMask = size / WAYS - 1;
  }

  /** The series of this tenant that was put with this hash, or null where it is not known. */
  public @Nullable SeriesKey get(String tenant, long high, long low) {
    int first = firstSlot(low);
    for (int i = first; i < first + WAYS; i++) {
      if (lows[i] == low) {
        Entry entry = slots.getAcquire(i);
        if (entry != null
            && entry.low == low
            && entry.high == high
            && entry.tenant.equals(tenant)) {
          if (!entry.used) {
            entry.used = true;
          }
          return entry.series;
        }
      }
    }
    return null;
  }

  /** Remembers a series, at the expense of another where its set is full. */
  public void put(long high, long low, SeriesKey series) {
    int slot = slotFor(high, low);
    slots.setRelease(slot, new Entry(high, low, series));
    lows[slot] = low;
  }

  private int slotFor(long high, long low) {
    int first = firstSlot(low);
    int victim = -1;
    for (int i = first; i < first + WAYS; i++) {
      Entry entry = slots.getAcquire(i);
      if (entry == null) {
        return i;
      }
      if (!entry.used) {
        victim = i;
      }
    }
    if (victim < 0) {
      for (int i = first; i < first + WAYS; i++) {
        Entry entry = slots.getAcquire(i);
        if (entry != null) {
          entry.used = false;
        }
      }
      victim = first + (int) (high & (WAYS - 1));
    }
    return victim;
  }

  private int firstSlot(long low) {
    return ((int) low & setMask) * WAYS;
  }

  /** Drops what was not used since the last call. */
  public void forgetUnused() {
    for (int i = 0; i < slots.length(); i++) {
      Entry entry = slots.getAcquire(i);
      if (entry != null) {
        if (entry.used) {
          entry.used = false;
        } else {
          slots.compareAndSet(i, entry, null);
        }
      }
    }
  }

  public int capacity() {
    return slots.length();
  }

  /** Counts the entries: reads the whole table. */
  public int size() {
    int size = 0;
    for (int i = 0; i < slots.length(); i++) {
      if (slots.getAcquire(i) != null) {
        size++;
      }
    }
    return size;
  }
}
