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

  private static final class Entry {
    final SeriesKey series;
    final byte[] bytes;
    boolean used = true;

    Entry(SeriesKey series, byte[] bytes) {
      this.series = series;
      this.bytes = bytes;
    }
  }

  /** For about so many series, up to 2^28. */
  public LabelBytes(int series) {
    int size = Integer.highestOneBit(Math.max(2, series)) * 2;
    slots = new AtomicReferenceArray<>(size);
    mask = size - 1;
  }

  /** Not to be changed. */
  @SuppressWarnings("ReferenceEquality") // Series are remembered elsewhere: mostly it is the same.
  byte[] of(SeriesKey series) {
    int slot = (int) series.fingerprint().low() & mask;
    Entry entry = slots.getAcquire(slot);
    if (entry == null || entry.series != series) {
      entry = new Entry(series, bytes(series.labels()));
      slots.setRelease(slot, entry);
    } else if (!entry.used) {
      entry.used = true;
    }
    return entry.bytes;
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
