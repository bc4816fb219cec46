package io.lookout.ingest.textpush;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.MetricMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which families pushed series belong to, and of what types these are. */
final class FamilyTypes {
  /** Of a text that does not say. */
  private static final String UNKNOWN = "unknown";

  private static final Map<String, Set<String>> SUFFIXES =
      Map.of(
          "histogram", Set.of("_bucket", "_count", "_sum", "_created"),
          "gaugehistogram", Set.of("_bucket", "_gcount", "_gsum"),
          "summary", Set.of("_count", "_sum", "_created"),
          "counter", Set.of("_total", "_created"),
          "info", Set.of("_info"));

  private FamilyTypes() {}

  /**
   * @param described what the text says of its families, by name
   * @return types by the names of families that have series
   */
  static Map<String, String> of(List<SeriesKey> series, Map<String, MetricMetadata> described) {
    Map<String, String> types = new HashMap<>();
    for (SeriesKey each : series) {
      String name = each.labels().metricName();
      String family = family(name, described);
      types.put(family, type(family, described));
    }
    return types;
  }

  private static String type(String family, Map<String, MetricMetadata> described) {
    @Nullable MetricMetadata said = described.get(family);
    return said == null ? UNKNOWN : said.type();
  }

  private static String family(String name, Map<String, MetricMetadata> described) {
    int underscore = name.lastIndexOf('_');
    if (described.containsKey(name) || underscore <= 0) {
      return name;
    }
    String base = name.substring(0, underscore);
    Set<String> suffixes = SUFFIXES.getOrDefault(type(base, described), Set.of());
    return suffixes.contains(name.substring(underscore)) ? base : name;
  }
}
