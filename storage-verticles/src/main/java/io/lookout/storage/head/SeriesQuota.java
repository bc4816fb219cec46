package io.lookout.storage.head;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * How many series each tenant has in the heads of a node, and may have. Shared by its shards; asked
 * for new series only. Thread-safe.
 */
public final class SeriesQuota {
  private final ToLongFunction<String> limits;
  private final ConcurrentHashMap<String, AtomicLong> counts = new ConcurrentHashMap<>();

  /**
   * @param limits by tenant; 0 where there is none
   */
  public SeriesQuota(ToLongFunction<String> limits) {
    this.limits = limits;
  }

  public static SeriesQuota unlimited() {
    return new SeriesQuota(tenant -> 0);
  }

  /** Whether the tenant may have one series more. Shards that ask together may all be told yes. */
  public boolean hasRoom(String tenant) {
    long limit = limits.applyAsLong(tenant);
    return limit == 0 || count(tenant) < limit;
  }

  public long count(String tenant) {
    AtomicLong count = counts.get(tenant);
    return count == null ? 0 : count.get();
  }

  public long limit(String tenant) {
    return limits.applyAsLong(tenant);
  }

  void added(String tenant) {
    counts.computeIfAbsent(tenant, t -> new AtomicLong()).incrementAndGet();
  }

  void dropped(String tenant) {
    counts.computeIfPresent(tenant, (t, count) -> count.decrementAndGet() == 0 ? null : count);
  }
}
