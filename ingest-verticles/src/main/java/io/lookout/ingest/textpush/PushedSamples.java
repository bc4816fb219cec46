package io.lookout.ingest.textpush;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import java.util.LinkedHashMap;
import java.util.Map;

/** The samples of a pushed text, in its order. Not thread-safe. */
final class PushedSamples {
  private final Map<SeriesKey, Double> values = new LinkedHashMap<>();

  /**
   * @throws LookoutException {@code BAD_DATA} for a series that is there twice
   */
  void add(SeriesKey series, double value) {
    if (values.put(series, value) != null) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "collected metric "
              + series.labels()
              + " was collected before with the same name and label values");
    }
  }

  Map<SeriesKey, Double> values() {
    return values;
  }
}
