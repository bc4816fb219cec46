package io.lookout.query.promql.function;

/**
 * How {@code rate} and its like stretch what happened between the first and the last sample to the
 * whole range. An edge of the range that is near (less than 1.1 times the average distance of
 * samples) is reached; towards one further away half a distance is added; and a counter is not
 * stretched to before it was zero.
 *
 * <p>Runs for every step of every series: it divides only where it must, and where rounding could
 * decide what is near it asks again in seconds, as Prometheus computes.
 */
final class Extrapolation {
  private static final double DOUBT = 1e-9;

  private Extrapolation() {}

  /**
   * The length that the change is stretched to, ms.
   *
   * @param first time of the first sample, ms
   * @param last time of the last sample, ms
   * @param gaps samples less one
   * @param firstValue of the counter
   * @param change between first and last, resets made good
   */
  static double reach(
      Window window,
      long first,
      long last,
      int gaps,
      boolean counter,
      double firstValue,
      double change) {
    long sampled = last - first;
    double toStart = stretch(first - window.start, sampled, gaps);
    double toEnd = stretch(window.end - last, sampled, gaps);
    if (counter && change > 0 && firstValue >= 0 && sampled * firstValue < toStart * change) {
      toStart = sampled * (firstValue / change);
    }
    return sampled + toStart + toEnd;
  }

  private static double stretch(long edge, long sampled, int gaps) {
    double distances = (double) edge * gaps;
    double near = sampled * 1.1;
    boolean isNear = distances < near;
    if (Math.abs(distances - near) <= near * DOUBT) {
      isNear = edge / 1000.0 < sampled / 1000.0 / gaps * 1.1;
    }
    return isNear ? edge : sampled / (2.0 * gaps);
  }
}
