package io.lookout.query.http;

import io.lookout.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** What stands beside the time of a point. */
final class PointJson {
  private PointJson() {}

  static void write(JsonBytes out, double value, @Nullable NativeHistogram histogram) {
    if (histogram == null) {
      out.value(value);
    } else {
      HistogramJson.write(out, histogram);
    }
  }
}
