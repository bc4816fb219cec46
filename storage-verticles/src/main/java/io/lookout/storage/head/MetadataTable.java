package io.lookout.storage.head;

import io.lookout.model.bus.MetricMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The newest metadata of each metric family; so many for a tenant, the oldest go first. */
final class MetadataTable {
  private final int maxFamilies;
  private final Map<String, Map<String, MetricMetadata>> tenants = new HashMap<>();

  MetadataTable(int maxFamilies) {
    this.maxFamilies = maxFamilies;
  }

  /** Whether this says something new. */
  boolean put(String tenant, MetricMetadata entry) {
    Map<String, MetricMetadata> families =
        tenants.computeIfAbsent(tenant, t -> new LinkedHashMap<>());
    if (entry.equals(families.put(entry.metricFamily(), entry))) {
      return false;
    }
    if (families.size() > maxFamilies) {
      families.remove(families.keySet().iterator().next());
    }
    return true;
  }

  boolean has(String tenant, MetricMetadata entry) {
    Map<String, MetricMetadata> families = tenants.get(tenant);
    return families != null && entry.equals(families.get(entry.metricFamily()));
  }

  List<MetricMetadata> of(String tenant) {
    return new ArrayList<>(tenants.getOrDefault(tenant, Map.of()).values());
  }

  void forEach(BiConsumer<String, MetricMetadata> visitor) {
    tenants.forEach(
        (tenant, families) -> families.values().forEach(entry -> visitor.accept(tenant, entry)));
  }
}
