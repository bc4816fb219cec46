package io.lookout.query.promql.function;

import io.lookout.model.SampleColumns;

/**
 * The floats of a range that is {@code anchored} or {@code smoothed}, when the samples themselves
 * are asked for: those within it, and one at each edge with the value that {@link EdgeChange} takes
 * it to have there.
 *
 * <pre>
 *   stored     ●────│──●────●────●──│──●
 *   anchored        ●──●────●────●──●       values of the last samples at or before the edges
 *   smoothed        ●──●────●────●──●       values between the samples around the edges
 * </pre>
 */
public final class EdgeSamples {
  private EdgeSamples() {}

  /**
   * No samples where there is none after the start of the range.
   *
   * @param count floats in the columns, from a look-back before the range on; at least one
   * @param start of the range, ms
   * @param end of the range, ms
   */
  public static SampleColumns of(
      long[] times, double[] values, int count, long start, long end, boolean smoothed) {
    int first = EdgeChange.firstIndex(times, 0, count, start);
    int last = smoothed ? EdgeChange.lastIndex(times, 0, count, end) : count - 1;
    SampleColumns samples = new SampleColumns(last - first + 3);
    if (times[last] <= start) {
      return samples;
    }
    boolean before = smoothed && times[first] < start;
    boolean after = smoothed && last > 0 && times[last] > end;
    samples.add(start, before ? between(times, values, first, start) : values[first]);
    for (int i = first; i <= last; i++) {
      if (times[i] > start && times[i] < end) {
        samples.add(times[i], values[i]);
      }
    }
    samples.add(end, after ? between(times, values, last - 1, end) : values[last]);
    return samples;
  }

  private static double between(long[] times, double[] values, int i, long time) {
    return Interpolation.between(times[i], values[i], times[i + 1], values[i + 1], time, false);
  }
}
