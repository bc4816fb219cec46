package io.lookout.app.protocols;

import java.util.ArrayList;
import java.util.List;

/**
 * A sample to be written in some protocol, good or bad.
 *
 * @param labels names and values in turn
 * @param value as text: a protocol may be asked for what is no number
 * @param time ms since the epoch
 */
record Point(String name, List<String> labels, String value, long time) {
  static Point of(String name, long time) {
    return new Point(name, List.of(), "1", time);
  }

  Point with(String... more) {
    List<String> all = new ArrayList<>(labels);
    all.addAll(List.of(more));
    return new Point(name, all, value, time);
  }

  Point worth(String other) {
    return new Point(name, labels, other, time);
  }

  double number() {
    return switch (value) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(value);
    };
  }
}
