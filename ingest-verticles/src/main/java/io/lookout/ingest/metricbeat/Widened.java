package io.lookout.ingest.metricbeat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Metricsets whose texts all had to become labels, apart for each tenant. They are not forgotten
 * before the node stops, so that series keep their labels; their number is bounded. Thread-safe.
 */
final class Widened {
  private static final int MOST_OF_TENANT = 1000;
  private static final int MOST = 100_000;

  private final Map<String, Set<String>> byTenant = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();

  int size() {
    return size.get();
  }

  boolean contains(String tenant, String metricset) {
    Set<String> metricsets = byTenant.get(tenant);
    return metricsets != null && metricsets.contains(metricset);
  }

  /** False where it was there before, and where there is no more room. */
  boolean add(String tenant, String metricset) {
    if (size.get() >= MOST) {
      return false;
    }
    Set<String> metricsets =
        byTenant.computeIfAbsent(tenant, first -> ConcurrentHashMap.newKeySet());
    boolean added = metricsets.size() < MOST_OF_TENANT && metricsets.add(metricset);
    if (added) {
      size.incrementAndGet();
    }
    return added;
  }
}
