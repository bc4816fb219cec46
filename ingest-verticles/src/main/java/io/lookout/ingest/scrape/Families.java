package io.lookout.ingest.scrape;

import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a target says of its metric families. Passed on when it is new or has changed, and all of it
 * once in a while, for storage that has been renewed. Not thread-safe.
 */
final class Families {
  /** Everything is said again after so many scrapes. */
  private static final int REPEAT = 20;

  private final Map<String, MetricMetadata> told = new HashMap<>();
  private final Map<String, MetricMetadata> current = new LinkedHashMap<>();
  private volatile List<MetricMetadata> shown = List.of();
  private int round;

  void help(String family, String help) {
    MetricMetadata now = current(family);
    current.put(family, new MetricMetadata(family, now.type(), help, now.unit()));
  }

  void type(String family, String type) {
    MetricMetadata now = current(family);
    String known = type.equals("untyped") ? "unknown" : type;
    current.put(family, new MetricMetadata(family, known, now.help(), now.unit()));
  }

  void unit(String family, String unit) {
    MetricMetadata now = current(family);
    current.put(family, new MetricMetadata(family, now.type(), now.help(), unit));
  }

  /** What the last answer said, for people. */
  List<MetricMetadata> told() {
    return shown;
  }

  /** The answer counts for nothing. */
  void forget() {
    current.clear();
  }

  private MetricMetadata current(String family) {
    MetricMetadata now = current.get(family);
    return now == null ? new MetricMetadata(family, "unknown", "", "") : now;
  }

  /** Ends an answer: adds what is to be told of it. */
  void report(WriteBatch.Builder batch) {
    boolean everything = round++ % REPEAT == 0;
    current.forEach((family, now) -> {
      if (everything || !now.equals(told.get(family))) {
        batch.metadata(now);
      }
    });
    if (!told.equals(current)) {
      shown = List.copyOf(current.values());
    }
    told.clear();
    told.putAll(current);
    current.clear();
  }
}
