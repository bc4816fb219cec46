package io.lookout.query.opentsdb;

import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import java.util.Arrays;

/**
 * One value an interval: {@code 1m-avg}, {@code 1m-avg-zero}, {@code 0all-sum}. Intervals begin at
 * multiples of their length since 1970. Those count whole that begin between start and end; the one
 * in which the start lies does not.
 *
 * @param interval ms; 0 for one interval from start to end
 */
record Downsample(long interval, Aggregator function, Fill fill, double filler) {
  /** What an interval without values has. */
  enum Fill {
    /** Nothing: there is no point. */
    NONE,
    NAN,
    NULL,
    /** A number. */
    SCALAR
  }

  private static final long SECOND = 1000;

  /** So many intervals of a series are enough for any screen. */
  private static final long MOST = 1_000_000;

  /**
   * @throws LookoutException {@code BAD_DATA} for what is no such text
   */
  static Downsample parse(String text) {
    String[] parts = text.split("-", 3);
    if (parts.length < 2) {
      throw Bad.request("Invalid downsampling specifier: " + text + ", e.g. 1m-avg is one");
    }
    if (parts[0].endsWith("c") && !parts[0].endsWith("ac")) {
      throw Bad.request("Downsampling by calendar (" + parts[0] + ") is not supported");
    }
    long interval = parts[0].equals("0all") ? 0 : TimeWords.duration(parts[0]);
    Aggregator function = Aggregator.named(parts[1]);
    if (function.isNone()) {
      throw Bad.request("cannot use the NONE aggregator for downsampling");
    }
    Fill fill = parts.length < 3 ? Fill.NONE : fill(parts[2]);
    double filler = fill != Fill.SCALAR ? Double.NaN : scalar(parts[2]);
    return new Downsample(interval, function, fill, filler);
  }

  private static Fill fill(String policy) {
    return switch (policy) {
      case "none" -> Fill.NONE;
      case "nan" -> Fill.NAN;
      case "null" -> Fill.NULL;
      default -> Fill.SCALAR;
    };
  }

  private static double scalar(String policy) {
    String number = policy.startsWith("scalar#") ? policy.substring(7) : policy;
    try {
      return policy.equals("zero") ? 0 : Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw Bad.request("Unrecognized fill policy: " + policy, e);
    }
  }

  /** Points of one second become one where milliseconds are not wanted. */
  static Downsample toSeconds(Aggregator function) {
    Aggregator.Fold several = function.fold();
    Aggregator.Fold fold = (values, n) -> n == 1 ? values[0] : several.of(values, n);
    return new Downsample(
        SECOND, new Aggregator(function.name(), function.missing(), fold), Fill.NONE, Double.NaN);
  }

  boolean fills() {
    return fill != Fill.NONE;
  }

  /** The last time whose samples count, where end is the last one asked for. */
  long reach(long end) {
    return interval == 0 ? end : end - Math.floorMod(end, interval) + interval - 1;
  }

  private long first(long start) {
    return interval == 0 ? start : -Math.floorDiv(-start, interval) * interval;
  }

  /** The intervals of one series, in the order of time. */
  SampleColumns apply(SampleColumns points, long start, long end) {
    long first = first(start);
    if (interval > 0 && fills() && (end - first) / interval > MOST) {
      throw Bad.request("more than " + MOST + " intervals: ask for longer ones, or less time");
    }
    SampleColumns result = new SampleColumns();
    double[] values = new double[16];
    long expected = first;
    int i = 0;
    while (i < points.size) {
      long bucket = interval == 0 ? start : Math.floorDiv(points.times[i], interval) * interval;
      int n = 0;
      while (i < points.size && (interval == 0 || points.times[i] < bucket + interval)) {
        if (!Double.isNaN(points.values[i]) && inRange(points.times[i], start, end)) {
          values = n == values.length ? Arrays.copyOf(values, 2 * n) : values;
          values[n++] = points.values[i];
        }
        i++;
      }
      if (n > 0 && bucket >= first && bucket <= end) {
        expected = fill(result, expected, bucket);
        result.add(bucket, function.fold().of(values, n));
        expected = bucket + interval;
      }
    }
    fill(result, expected, end + 1);
    return result;
  }

  /** Intervals count whole; without them, what is asked for does. */
  private boolean inRange(long time, long start, long end) {
    return interval > 0 || (time >= start && time <= end);
  }

  private long fill(SampleColumns result, long from, long to) {
    long at = from;
    while (fills() && interval > 0 && at < to) {
      result.add(at, filler);
      at += interval;
    }
    return at;
  }
}
