package io.lookout.query.promql.value;

/**
 * The times that an expression is evaluated at: {@code start}, {@code start + step}, … up to {@code
 * end}. An instant query is a range of one step.
 *
 * @param start ms
 * @param end ms, not before the start
 * @param step ms, at least 1; of no meaning where there is one step only
 */
public record Steps(long start, long end, long step) {
  public Steps {
    if (step < 1 || end < start) {
      throw new IllegalArgumentException("steps from " + start + " to " + end + " by " + step);
    }
  }

  /** One step. */
  public static Steps instant(long time) {
    return new Steps(time, time, 1);
  }

  /** How many there are. */
  public int count() {
    return Math.toIntExact((end - start) / step + 1);
  }

  /** The time of a step, ms. */
  public long at(int i) {
    return start + i * step;
  }

  /** The first step alone. */
  public Steps first() {
    return new Steps(start, start, step);
  }
}
