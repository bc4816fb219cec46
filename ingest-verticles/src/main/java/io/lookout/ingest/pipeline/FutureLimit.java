package io.lookout.ingest.pipeline;

import io.lookout.cluster.limits.Limit;
import io.lookout.cluster.limits.TenantLimits;
import io.lookout.model.bus.WriteBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Refuses samples too far ahead of this node's clock: a sender whose clock is wrong must not open
 * windows of next year. Whole seconds. There is no limit on the past.
 */
public final class FutureLimit implements BatchStage {
  private final Clock clock;
  private final Duration otherwise;
  private final TenantLimits limits;

  public FutureLimit(Clock clock, Duration otherwise, TenantLimits limits) {
    this.clock = clock;
    this.otherwise = otherwise;
    this.limits = limits;
  }

  @Override
  public WriteBatch apply(WriteBatch batch, Rejections rejections) {
    long ahead = limits.of(batch.tenant(), Limit.FUTURE, otherwise.toSeconds());
    long latest = clock.millis() + ahead * 1000;
    long[] times = batch.times();
    for (int i = 0; i < batch.sampleCount(); i++) {
      if (times[i] > latest) {
        return without(batch, latest, ahead, rejections);
      }
    }
    return batch;
  }

  private static WriteBatch without(
      WriteBatch batch, long latest, long ahead, Rejections rejections) {
    boolean[] keep = new boolean[batch.sampleCount()];
    int refused = 0;
    int first = -1;
    for (int i = 0; i < keep.length; i++) {
      keep[i] = batch.times()[i] <= latest;
      if (!keep[i]) {
        refused++;
        first = first < 0 ? i : first;
      }
    }
    rejections.add(
        Reason.TOO_FAR_IN_FUTURE.label(),
        refused,
        "sample of "
            + batch.series()[batch.seriesOf()[first]].labels()
            + " at "
            + Instant.ofEpochMilli(batch.times()[first])
            + " is more than "
            + ahead
            + "s in the future ("
            + Limit.FUTURE.setting()
            + ")");
    return SampleFilter.keep(batch, keep);
  }
}
