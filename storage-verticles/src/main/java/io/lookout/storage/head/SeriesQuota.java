package io.lookout.storage.head;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

/**
 * How many series each tenant has in the heads of a node, and may have. Shared by its shards; asked
 * for new series only. Thread-safe.
 */
public final class SeriesQuota {
  private final ToLongFunction<String> limits;
  private final ConcurrentHashMap<String, Long> counts = new ConcurrentHashMap<>();

  /**
   * @param limits by tenant; 0 where there is none
   */
  public SeriesQuota(ToLongFunction<String> limits) {
    this.limits = limits;
  }

  public static SeriesQuota unlimited() {
    return new SeriesQuota(tenant -> 0);
  }

  /** Counts one series more, where the tenant may have it. */
  boolean take(String tenant) {
    long limit = limits.applyAsLong(tenant);
    AtomicBoolean taken = new AtomicBoolean();
    counts.compute(
        tenant,
        (t, count) -> {
          long known = count == null ? 0 : count;
          taken.set(limit == 0 || known < limit);
          return taken.get() ? Long.valueOf(known + 1) : count;
        });
    return taken.get();
  }

  public long count(String tenant) {
    return counts.getOrDefault(tenant, 0L);
  }

  public long limit(String tenant) {
    return limits.applyAsLong(tenant);
  }

  /** Counts one series more, whatever the tenant may have. */
  void added(String tenant) {
    counts.merge(tenant, 1L, Long::sum);
  }

  void dropped(String tenant) {
    counts.computeIfPresent(tenant, (t, count) -> count == 1 ? null : Long.valueOf(count - 1));
  }
}
