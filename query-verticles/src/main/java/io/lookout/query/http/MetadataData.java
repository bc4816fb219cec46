package io.lookout.query.http;

import io.lookout.model.bus.MetricMetadata;
import java.util.List;
import java.util.Map;

/** Metric families as an object of lists, written a family at a time. */
final class MetadataData implements ApiData {
  private final List<Map.Entry<String, List<MetricMetadata>>> families;
  private int next;

  MetadataData(List<Map.Entry<String, List<MetricMetadata>>> families) {
    this.families = families;
  }

  @Override
  public boolean write(JsonBytes out) {
    if (next == 0) {
      out.raw('{');
    }
    while (next < families.size() && !out.isFull()) {
      if (next > 0) {
        out.raw(',');
      }
      family(out, families.get(next++));
    }
    if (next < families.size()) {
      return true;
    }
    out.raw('}');
    return false;
  }

  private static void family(JsonBytes out, Map.Entry<String, List<MetricMetadata>> family) {
    out.string(family.getKey()).raw(':');
    char separator = '[';
    for (MetricMetadata each : family.getValue()) {
      out.raw(separator).raw("{\"type\":").string(each.type());
      out.raw(",\"help\":").string(each.help());
      out.raw(",\"unit\":").string(each.unit()).raw('}');
      separator = ',';
    }
    out.raw(']');
  }
}
