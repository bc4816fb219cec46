package io.lookout.ingest.otlp;

import io.lookout.model.SeriesKey;
import io.lookout.model.histogram.HistogramSum;
import io.lookout.model.histogram.NativeHistogram;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what is sent as differences. Bounded: beyond its size, what was silent longest is
 * forgotten and begins again at zero, which readers see as a counter reset. A difference whose time
 * is the last one's is a repetition and changes nothing; an earlier one comes too late.
 * Thread-safe.
 */
public final class DeltaSums {
  private final Map<SeriesKey, Sum> sums;

  private static final class Sum {
    long time = Long.MIN_VALUE;
    double value;
    @Nullable NativeHistogram histogram;
  }

  public DeltaSums(int most) {
    sums =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<SeriesKey, Sum> eldest) {
            return size() > most;
          }
        };
  }

  /** The sum with this difference; empty where it comes too late. */
  synchronized OptionalDouble add(SeriesKey series, long time, double difference) {
    Sum sum = sums.computeIfAbsent(series, key -> new Sum());
    if (time < sum.time) {
      return OptionalDouble.empty();
    }
    if (time > sum.time) {
      sum.value += difference;
      sum.time = time;
    }
    return OptionalDouble.of(sum.value);
  }

  /** The same for a histogram; null where it comes too late. */
  synchronized @Nullable NativeHistogram add(
      SeriesKey series, long time, NativeHistogram difference) {
    Sum sum = sums.computeIfAbsent(series, key -> new Sum());
    NativeHistogram before = sum.histogram;
    if (time < sum.time) {
      return null;
    }
    if (before == null || time > sum.time) {
      sum.histogram = before == null ? difference : added(before, difference);
      sum.time = time;
    }
    return sum.histogram;
  }

  private static NativeHistogram added(NativeHistogram before, NativeHistogram difference) {
    HistogramSum sum = new HistogramSum(before);
    if (!sum.accepts(difference)) {
      return difference;
    }
    sum.add(difference);
    return sum.result();
  }
}
