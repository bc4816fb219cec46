package io.lookout.query.promql.function;

/**
 * How {@code rate} and its like stretch what happened between the first and the last sample to the
 * whole range. An edge of the range that is near (at most 1.1 times the average distance of
 * samples) is reached; towards one further away half a distance is added; and a counter is not
 * stretched to before it was zero.
 */
final class Extrapolation {
  private Extrapolation() {}

  /**
   * @param first time of the first sample, ms
   * @param last time of the last sample, ms
   * @param gaps samples less one
   * @param firstValue of the counter
   * @param change between first and last, resets made good
   */
  static double factor(
      Window window,
      long first,
      long last,
      int gaps,
      boolean counter,
      double firstValue,
      double change) {
    double toStart = (first - window.start) / 1000.0;
    double toEnd = (window.end - last) / 1000.0;
    double sampled = (last - first) / 1000.0;
    double distance = sampled / gaps;
    double near = distance * 1.1;
    if (toStart >= near) {
      toStart = distance / 2;
    }
    if (counter && change > 0 && firstValue >= 0) {
      toStart = Math.min(toStart, sampled * (firstValue / change));
    }
    if (toEnd >= near) {
      toEnd = distance / 2;
    }
    return (sampled + toStart + toEnd) / sampled;
  }
}
