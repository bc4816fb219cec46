package io.lookout.ingest.influx;

import org.jspecify.annotations.Nullable;

/** The unit of timestamps in a request. */
public enum Precision {
  NANOSECONDS(1, 1_000_000),
  MICROSECONDS(1, 1_000),
  MILLISECONDS(1, 1),
  SECONDS(1_000, 1),
  MINUTES(60_000, 1),
  HOURS(3_600_000, 1);

  private final long factor;
  private final long divisor;

  Precision(long factor, long divisor) {
    this.factor = factor;
    this.divisor = divisor;
  }

  /** As parameter {@code precision} names it; nanoseconds for what is not known, as InfluxDB. */
  static Precision of(@Nullable String name) {
    return switch (name == null ? "" : name) {
      case "u", "us", "µ" -> MICROSECONDS;
      case "ms" -> MILLISECONDS;
      case "s" -> SECONDS;
      case "m" -> MINUTES;
      case "h" -> HOURS;
      default -> NANOSECONDS;
    };
  }

  /**
   * Milliseconds.
   *
   * @throws ArithmeticException where that does not fit
   */
  long millis(long time) {
    return Math.floorDiv(Math.multiplyExact(time, factor), divisor);
  }
}
