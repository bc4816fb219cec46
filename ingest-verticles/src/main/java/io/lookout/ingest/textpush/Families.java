package io.lookout.ingest.textpush;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.MetricMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which families pushed series belong to. */
final class Families {
  private static final Map<String, Set<String>> SUFFIXES =
      Map.of(
          "histogram", Set.of("_bucket", "_count", "_sum", "_created"),
          "gaugehistogram", Set.of("_bucket", "_gcount", "_gsum"),
          "summary", Set.of("_count", "_sum", "_created"),
          "counter", Set.of("_total", "_created"),
          "info", Set.of("_info"));

  private Families() {}

  /**
   * The families that have series, by name.
   *
   * @param described what the text says of its families, by name
   * @param time of the push, ms
   */
  static Map<String, PushedFamily> of(
      Set<SeriesKey> series, Map<String, MetricMetadata> described, long time) {
    Map<String, PushedFamily> told = new HashMap<>();
    described.forEach(
        (name, about) -> told.put(name, new PushedFamily(about.type(), about.help(), time)));
    Map<String, PushedFamily> families = new HashMap<>();
    for (SeriesKey each : series) {
      String family = name(each.labels().metricName(), told);
      PushedFamily unknown = new PushedFamily(PushedFamily.UNKNOWN, "", time);
      families.put(family, told.getOrDefault(family, unknown));
    }
    return families;
  }

  /** The family of a series of this name, among those that are known. */
  static String name(String series, Map<String, PushedFamily> known) {
    int underscore = series.lastIndexOf('_');
    if (known.containsKey(series) || underscore <= 0) {
      return series;
    }
    String base = series.substring(0, underscore);
    @Nullable PushedFamily family = known.get(base);
    Set<String> suffixes =
        family == null ? Set.of() : SUFFIXES.getOrDefault(family.type(), Set.of());
    return suffixes.contains(series.substring(underscore)) ? base : series;
  }
}
