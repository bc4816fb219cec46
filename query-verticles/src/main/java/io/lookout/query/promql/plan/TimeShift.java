package io.lookout.query.promql.plan;

import org.jspecify.annotations.Nullable;

/**
 * {@code offset} and {@code @}: from the time of a step to the time that is looked at.
 *
 * @param offset ms, positive into the past
 * @param at ms, or null where the time of the step counts
 */
public record TimeShift(long offset, @Nullable Long at) {
  /** What a step looks at, ms. */
  public long apply(long time) {
    return (at == null ? time : at) - offset;
  }

  /** Whether all steps look at the same time. */
  public boolean isFixed() {
    return at != null;
  }

  @Override
  public String toString() {
    return (at == null ? "" : " @ " + at) + (offset == 0 ? "" : " offset " + offset);
  }
}
