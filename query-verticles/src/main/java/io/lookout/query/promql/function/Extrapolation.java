package io.lookout.query.promql.function;

/**
 * How {@code rate} and its like stretch what happened between the first and the last sample to the
 * whole range. An edge of the range that is near (less than 1.1 times the average distance of
 * samples) is reached; towards one further away half a distance is added; and a counter is not
 * stretched to before it was zero.
 *
 * <p>In seconds, and in the steps that Prometheus takes: rounding must not differ in the last bit,
 * which comparisons and {@code count_values} would show.
 */
final class Extrapolation {
  private Extrapolation() {}

  /**
   * What the change is multiplied by.
   *
   * @param first time of the first sample, ms
   * @param last time of the last sample, ms
   * @param gaps samples less one
   * @param firstValue of the counter
   * @param change between first and last, resets made good
   * @param perSecond whether a rate is wanted
   */
  static double factor(
      Window window,
      long first,
      long last,
      int gaps,
      boolean counter,
      double firstValue,
      double change,
      boolean perSecond) {
    double sampled = (last - first) / 1000.0;
    double distance = sampled / gaps;
    double near = distance * 1.1;
    double toStart = (first - window.start) / 1000.0;
    if (toStart >= near) {
      toStart = distance / 2;
    }
    if (counter && change > 0 && firstValue >= 0) {
      double toZero = sampled * (firstValue / change);
      if (toZero < toStart) {
        toStart = toZero;
      }
    }
    double toEnd = (window.end - last) / 1000.0;
    if (toEnd >= near) {
      toEnd = distance / 2;
    }
    double factor = (sampled + toStart + toEnd) / sampled;
    return perSecond ? factor / (window.range() / 1000.0) : factor;
  }
}
