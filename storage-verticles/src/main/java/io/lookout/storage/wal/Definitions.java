package io.lookout.storage.wal;

import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteWriter;
import java.util.Arrays;

/**
 * By which references the open segment knows the series. They are given out in ascending order and
 * never twice in a segment, although slots are: where a definition is lost to damage, samples of
 * its series are samples of an unknown one, and never of another.
 */
final class Definitions {
  /** For each slot the segment of its reference, by the count of segments begun. */
  private long[] segmentOf = new long[1024];

  private int[] refOf = new int[1024];
  private int[] refs = new int[1024];
  private long segment = 1;
  private int next;

  /** A new segment begins: nothing is defined in it. */
  void clear() {
    segment++;
    next = 0;
  }

  /** The slot may be given to another series. */
  void forget(int slot) {
    if (slot < segmentOf.length) {
      segmentOf[slot] = 0;
    }
  }

  /** The references of the batch's series; those that have none yet are defined in the group. */
  int[] refs(WriteBatch batch, int[] slots, int offset, ByteWriter group) {
    int count = batch.seriesCount();
    if (count > refs.length) {
      refs = new int[Math.max(count, refs.length * 2)];
    }
    for (int i = 0; i < count; i++) {
      int slot = slots[offset + i];
      if (slot >= segmentOf.length) {
        segmentOf = Arrays.copyOf(segmentOf, Math.max(slot + 1, segmentOf.length * 2));
        refOf = Arrays.copyOf(refOf, segmentOf.length);
      }
      if (segmentOf[slot] != segment) {
        segmentOf[slot] = segment;
        refOf[slot] = next++;
        RecordEncoder.series(group, refOf[slot], batch.series()[i]);
      }
      refs[i] = refOf[slot];
    }
    return refs;
  }
}
