package io.lookout.storage.shard;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.storage.head.Head;
import io.lookout.storage.wal.WalVisitor;
import org.jspecify.annotations.Nullable;

/** Puts what the log holds into the head, by the same operations as when it was written. */
final class HeadReplay implements WalVisitor {
  private final Head head;
  private final long now;

  HeadReplay(Head head, long now) {
    this.head = head;
    this.now = now;
  }

  @Override
  public int series(SeriesKey key) {
    return head.resolve(key);
  }

  @Override
  public void sample(
      int ref, long time, double value, @Nullable NativeHistogram histogram, long startTime) {
    head.append(ref, time, value, histogram, startTime, now);
  }

  @Override
  public void exemplar(int ref, Exemplar exemplar) {
    head.append(ref, exemplar);
  }

  @Override
  public void metadata(String tenant, MetricMetadata entry) {
    head.append(tenant, entry);
  }

  @Override
  public void sealed(long window, long generation) {
    head.freeze(window, generation);
  }

  @Override
  public void generation(long generation) {
    head.generation(generation);
  }

  /** Series that have nothing left stay for now: later records of the segment may name them. */
  @Override
  public void released(long window, long generation) {
    head.forget(window, generation);
  }
}
