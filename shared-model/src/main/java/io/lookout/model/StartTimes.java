package io.lookout.model;

/** What start timestamps say about counters. */
public final class StartTimes {
  private StartTimes() {}

  /**
   * Whether a counter started anew between two samples. It did where the later sample started after
   * the earlier was taken; and where it started exactly then, if the earlier sample has a start
   * timestamp too (a stream of deltas: each sample starts where the one before ends). An unknown
   * start, or one later than its own sample, says nothing.
   *
   * @param previousStart of the earlier sample, 0 where unknown
   * @param previousTime when the earlier sample was taken
   * @param start of the later sample, 0 where unknown
   * @param time when the later sample was taken
   */
  public static boolean isReset(long previousStart, long previousTime, long start, long time) {
    if (start == 0 || start > time) {
      return false;
    }
    return start > previousTime
        || (start == previousTime && previousStart != 0 && previousStart <= previousTime);
  }
}
