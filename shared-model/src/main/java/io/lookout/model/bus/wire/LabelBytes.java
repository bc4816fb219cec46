package io.lookout.model.bus.wire;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bytes.ByteWriter;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the labels of series as bytes, because the strings of a series lie all over the memory:
 * to walk them anew for each sample costs more than all else that is done to write it.
 *
 * <pre>
 *   bytes := count:varint (name:text value:text)*      text: length in bytes as a varint, UTF-8
 * </pre>
 *
 * <p>A table of fixed size in which a newcomer replaces what has the same slot. Thread-safe.
 */
public final class LabelBytes {
  private final AtomicReferenceArray<@Nullable Entry> slots;
  private final int mask;

  /** A series and what it is in bytes. Thread-safe. */
  static final class Entry {
    private final SeriesKey series;
    private final byte[] bytes;
    private boolean used = true;
    private volatile @Nullable After last;

    private Entry(SeriesKey series, byte[] bytes) {
      this.series = series;
      this.bytes = bytes;
    }

    SeriesKey series() {
      return series;
    }

    /** Its labels. Not to be changed. */
    byte[] bytes() {
      return bytes;
    }

    /** How the series was written last, if that was behind this one; else null. */
    @SuppressWarnings("ReferenceEquality") // Another array of equal bytes would be written anew.
    byte @Nullable [] after(byte[] before) {
      After known = last;
      return known != null && known.before == before ? known.written : null;
    }

    /** Senders name their series in the same order each time, and so one is enough. */
    void remember(byte[] before, byte[] written) {
      last = new After(before, written);
    }
  }

  /**
   * A series as it stands in a record behind another one. Of that other the labels alone are held:
   * entries would hold each other in chains, and nothing could be forgotten.
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  private record After(byte[] before, byte[] written) {}

  /** For about so many series, up to 2^28. */
  public LabelBytes(int series) {
    int size = Integer.highestOneBit(Math.max(2, series)) * 2;
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
  }

  @SuppressWarnings("ReferenceEquality") // Series are remembered elsewhere: mostly it is the same.
  Entry of(SeriesKey series) {
    int slot = (int) series.fingerprint().low() & mask;
    Entry entry = slots.getAcquire(slot);
    if (entry == null || entry.series != series) {
      entry = new Entry(series, bytes(series.labels()));
      slots.setRelease(slot, entry);
    } else if (!entry.used) {
      entry.used = true;
    }
    return entry;
  }

  private static byte[] bytes(Labels labels) {
    ByteWriter out = new ByteWriter(32 + 32 * labels.size());
    out.putVarLong(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.putText(labels.name(i)).putText(labels.value(i));
    }
    return out.toByteArray();
  }

  /** Drops what was not used since the last call. To be called from time to time. */
  public void forgetUnused() {
    for (int i = 0; i < slots.length(); i++) {
      Entry entry = slots.getAcquire(i);
      if (entry != null && !entry.used) {
        slots.compareAndSet(i, entry, null);
      } else if (entry != null) {
        entry.used = false;
      }
    }
  }
}
