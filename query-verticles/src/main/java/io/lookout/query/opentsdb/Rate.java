package io.lookout.query.opentsdb;

import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;

/**
 * Change a second between neighbouring points of a series, at the time of the later one.
 *
 * @param counter what falls has gone over its maximum and begun again
 * @param max where counters begin again
 * @param reset a change above it is taken for a restart and is zero; 0: none is
 * @param dropResets what falls is left out
 */
record Rate(boolean counter, double max, double reset, boolean dropResets) {
  static final Rate PLAIN = new Rate(false, Long.MAX_VALUE, 0, false);

  /**
   * Reads {@code rate}, {@code rate{counter}}, {@code rate{counter,65535,1000}}, {@code
   * rate{dropcounter}}.
   *
   * @throws LookoutException {@code BAD_DATA} for what is none of these
   */
  static Rate parse(String text) {
    if (text.equals("rate")) {
      return PLAIN;
    }
    if (!text.startsWith("rate{") || !text.endsWith("}")) {
      throw Bad.request("Invalid rate options specification: " + text);
    }
    String[] parts = text.substring(5, text.length() - 1).split(",", -1);
    boolean drop = parts[0].equals("dropcounter");
    if (parts.length > 3 || !(drop || parts[0].equals("counter"))) {
      throw Bad.request("Invalid rate options specification: " + text);
    }
    return new Rate(
        true,
        parts.length > 1 && !parts[1].isEmpty() ? number(parts[1]) : Long.MAX_VALUE,
        parts.length > 2 && !parts[2].isEmpty() ? number(parts[2]) : 0,
        drop);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Bad.request("Invalid number in rate options: " + text, e);
    }
  }

  SampleColumns apply(SampleColumns points) {
    SampleColumns rates = new SampleColumns(Math.max(1, points.size));
    for (int i = 1; i < points.size; i++) {
      double seconds = (points.times[i] - points.times[i - 1]) / 1000.0;
      double change = points.values[i] - points.values[i - 1];
      if (counter && change < 0) {
        if (dropResets) {
          continue;
        }
        change = max - points.values[i - 1] + points.values[i];
      }
      double rate = change / seconds;
      rates.add(points.times[i], counter && reset > 0 && rate > reset ? 0 : rate);
    }
    return rates;
  }
}
