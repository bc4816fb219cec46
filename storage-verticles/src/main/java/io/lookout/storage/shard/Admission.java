package io.lookout.storage.shard;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteBatch.SeriesExemplar;
import io.lookout.model.bus.WriteResult;
import io.lookout.model.bus.WriteResult.Rejection;
import io.lookout.storage.head.Head;
import io.lookout.storage.head.SeriesQuota;
import java.util.Arrays;
import java.util.List;

/**
 * Which slots the series of batches have in the head. Series of a tenant that has as many as it may
 * have are left out of their batch, and the sender is told. Used by the shard's thread.
 */
final class Admission {
  private static final String REASON = "series_limit";

  private final Head head;
  private final SeriesQuota quota;
  private int[] slots = new int[1024];
  private int used;

  /** What is left of a batch, and what to say of it once it is written. */
  record Admitted(WriteBatch batch, WriteResult result) {}

  Admission(Head head, SeriesQuota quota) {
    this.head = head;
    this.quota = quota;
  }

  /** The slots of all batches since {@link #clear}, one batch behind the other. */
  int[] slots() {
    return slots;
  }

  void clear() {
    used = 0;
  }

  Admitted admit(WriteBatch batch) {
    int begin = used;
    if (begin + batch.seriesCount() > slots.length) {
      slots = Arrays.copyOf(slots, Math.max(begin + batch.seriesCount(), slots.length * 2));
    }
    boolean all = true;
    for (int i = 0; i < batch.seriesCount(); i++) {
      SeriesKey key = batch.series()[i];
      int slot = head.admit(key);
      all &= slot >= 0;
      slots[used++] = slot;
    }
    return all ? new Admitted(batch, WriteResult.of(batch, List.of())) : part(batch, begin);
  }

  /** Rare: copies what belongs to series that have a slot. */
  private Admitted part(WriteBatch batch, int begin) {
    WriteBatch.Builder kept = new WriteBatch.Builder(batch.tenant(), batch.sampleCount());
    int[] indexOf = new int[batch.seriesCount()];
    used = begin;
    int refused = -1;
    for (int i = 0; i < indexOf.length; i++) {
      int slot = slots[begin + i];
      indexOf[i] = slot < 0 ? -1 : kept.series(batch.series()[i]);
      refused = slot < 0 && refused < 0 ? i : refused;
      if (slot >= 0) {
        slots[used++] = slot;
      }
    }
    copy(batch, indexOf, kept);
    WriteBatch rest = kept.build();
    Rejection rejection =
        new Rejection(
            REASON,
            batch.sampleCount() - rest.sampleCount(),
            message(batch.tenant(), batch.series()[Math.max(refused, 0)]));
    return new Admitted(rest, WriteResult.of(rest, List.of(rejection)));
  }

  private String message(String tenant, SeriesKey refused) {
    return "tenant "
        + tenant
        + " has "
        + quota.count(tenant)
        + " active series on this node, limits.series is "
        + quota.limit(tenant)
        + ": no room for "
        + refused.labels();
  }

  private static void copy(WriteBatch from, int[] indexOf, WriteBatch.Builder to) {
    for (int i = 0; i < from.sampleCount(); i++) {
      int index = indexOf[from.seriesOf()[i]];
      if (index >= 0) {
        to.sample(index, from, i);
      }
    }
    for (SeriesExemplar each : from.exemplars()) {
      if (indexOf[each.series()] >= 0) {
        to.exemplar(indexOf[each.series()], each.exemplar());
      }
    }
    from.metadata().forEach(to::metadata);
  }
}
