package io.lookout.storage.store;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What caches of block stores tell of themselves. */
public final class CacheMeters {
  private CacheMeters() {}

  /**
   * @param store how its metrics are called
   * @param name of the cache among those of the store
   * @param cache that weighs its entries by bytes and keeps statistics
   */
  public static void register(String store, String name, Cache<?, ?> cache, MeterRegistry meters) {
    String prefix = "lookout." + store + ".cache";
    FunctionCounter.builder(prefix + ".hits", cache, c -> c.stats().hitCount())
        .description("Look-ups that found what was read before")
        .tag("cache", name)
        .register(meters);
    FunctionCounter.builder(prefix + ".misses", cache, c -> c.stats().missCount())
        .description("Look-ups after which the store was read")
        .tag("cache", name)
        .register(meters);
    Gauge.builder(prefix + ".size", cache, CacheMeters::weight)
        .description("What is remembered, roughly")
        .baseUnit("bytes")
        .tag("cache", name)
        .register(meters);
  }

  private static double weight(Cache<?, ?> cache) {
    return cache.policy().eviction().map(bound -> bound.weightedSize().orElse(0)).orElse(0L);
  }
}
