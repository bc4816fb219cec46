package io.lookout.storage.shard;

import io.lookout.model.bus.WriteBatch;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.storage.head.Head;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts zeros where series started into the batches that tell so, before these are logged: a zero is
 * then a sample as others are. The log keeps it until its own window is in the block store, and
 * replay, which does not know what was before, has none to add. Used by the shard's thread.
 */
final class StartZeros {
  private final Head head;
  private final long window;

  /** When series that may take a zero were written to last, by slot, as the group goes on. */
  private final Map<Integer, Long> lastTimes = new HashMap<>();

  /**
   * @param window ms: what ran for longer had samples before, which are elsewhere
   */
  StartZeros(Head head, long window) {
    this.head = head;
    this.window = window;
  }

  /**
   * The batches with their zeros; those that have none are the same objects.
   *
   * @param slots of the series of all batches, one batch behind the other
   */
  List<WriteBatch> added(List<WriteBatch> batches, int[] slots) {
    lastTimes.clear();
    int offset = 0;
    for (WriteBatch batch : batches) {
      find(batch, slots, offset);
      offset += batch.seriesCount();
    }
    if (lastTimes.isEmpty()) {
      return batches;
    }
    List<WriteBatch> added = new ArrayList<>(batches.size());
    offset = 0;
    for (WriteBatch batch : batches) {
      added.add(withZeros(batch, places(batch, slots, offset)));
      offset += batch.seriesCount();
    }
    return added;
  }

  /** Finds the series that take a zero unless a sample of the group stands before it. */
  private void find(WriteBatch batch, int[] slots, int offset) {
    long[] starts = batch.startTimes();
    if (starts == null) {
      return;
    }
    for (int i = 0; i < batch.sampleCount(); i++) {
      if (starts[i] != 0) {
        int slot = slots[offset + batch.seriesOf()[i]];
        long lastTime = head.lastTime(slot);
        if (takesZero(batch, i, lastTime)) {
          lastTimes.put(slot, lastTime);
        }
      }
    }
  }

  /** The samples before which a zero belongs. */
  private BitSet places(WriteBatch batch, int[] slots, int offset) {
    BitSet places = new BitSet();
    for (int i = 0; i < batch.sampleCount(); i++) {
      int slot = slots[offset + batch.seriesOf()[i]];
      Long lastTime = lastTimes.get(slot);
      if (lastTime != null) {
        places.set(i, takesZero(batch, i, lastTime));
        lastTimes.put(slot, Math.max(lastTime, batch.times()[i]));
      }
    }
    return places;
  }

  /**
   * Whether a zero belongs where the series started: behind all that it has, and not so long before
   * its sample that there were others in between, which are missing here.
   */
  private boolean takesZero(WriteBatch batch, int i, long lastTime) {
    long[] starts = batch.startTimes();
    long start = starts == null ? 0 : starts[i];
    long age = batch.times()[i] - start;
    NativeHistogram histogram = histogram(batch, i);
    return start != 0
        && start > lastTime
        && start < batch.times()[i]
        && age > 0 // And not beyond what a long can tell.
        && age <= window
        && (histogram == null || histogram.counterReset() != CounterReset.GAUGE);
  }

  private static @Nullable NativeHistogram histogram(WriteBatch batch, int i) {
    @Nullable NativeHistogram[] histograms = batch.histograms();
    return histograms == null ? null : histograms[i];
  }

  private WriteBatch withZeros(WriteBatch batch, BitSet places) {
    long[] starts = batch.startTimes();
    if (places.isEmpty() || starts == null) {
      return batch;
    }
    int zeros = places.cardinality();
    WriteBatch.Builder copy = new WriteBatch.Builder(batch.tenant(), batch.sampleCount() + zeros);
    for (int i = 0; i < batch.seriesCount(); i++) {
      copy.series(batch.series()[i]);
    }
    for (int i = 0; i < batch.sampleCount(); i++) {
      int series = batch.seriesOf()[i];
      if (places.get(i)) {
        NativeHistogram histogram = histogram(batch, i);
        if (histogram == null) {
          copy.sample(series, starts[i], 0);
        } else {
          copy.sample(series, starts[i], histogram.emptied());
        }
      }
      copy.sample(series, batch, i);
    }
    batch.exemplars().forEach(each -> copy.exemplar(each.series(), each.exemplar()));
    batch.metadata().forEach(copy::metadata);
    head.counts().zeros += zeros;
    return copy.build();
  }
}
