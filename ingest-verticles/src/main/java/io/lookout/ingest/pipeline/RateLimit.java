package io.lookout.ingest.pipeline;

import io.lookout.cluster.limits.TenantLimits;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many samples a second a tenant may send, with bursts: a bucket that fills at the rate and
 * holds the burst. A request is taken as a whole where the bucket has what it needs, or is full: a
 * request larger than the burst must not be refused for ever. Thread-safe.
 */
public final class RateLimit {
  /** Tenants' names come from outside: with so many, those whose buckets are full are forgotten. */
  private static final int MANY = 10_000;

  private final TenantLimits limits;
  private final Clock clock;
  private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();

  /** Guarded by itself. */
  private static final class Bucket {
    double samples;
    long filledAt;

    Bucket(double samples, long now) {
      this.samples = samples;
      this.filledAt = now;
    }

    /** A clock that is set back fills nothing, and does not empty it. */
    synchronized double fill(long now, long rate, long burst) {
      samples = Math.min((double) burst, samples + Math.max(0, now - filledAt) * rate / 1000.0);
      filledAt = now;
      return samples;
    }

    synchronized boolean take(int n, long now, long rate, long burst) {
      if (fill(now, rate, burst) < Math.min(n, burst)) {
        return false;
      }
      samples -= n;
      return true;
    }

    synchronized void giveBack(int n) {
      samples += n;
    }
  }

  public RateLimit(TenantLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Takes so many samples.
   *
   * @throws LookoutException {@code TENANT_LIMIT} where that is more than the tenant may send now
   */
  public void take(String tenant, int samples) {
    long rate = limits.rate(tenant);
    if (rate == 0 || samples == 0) {
      return;
    }
    long burst = limits.burst(tenant);
    long now = clock.millis();
    Bucket bucket = buckets.get(tenant);
    if (bucket == null) {
      forgetFull(now);
      bucket = buckets.computeIfAbsent(tenant, t -> new Bucket(burst, now));
    }
    if (!bucket.take(samples, now, rate, burst)) {
      throw new LookoutException(
          ErrorCode.TENANT_LIMIT,
          "tenant "
              + tenant
              + " sends more than limits.rate allows: "
              + rate
              + " samples/s, "
              + burst
              + " at once (limits.burst); the request has "
              + samples);
    }
  }

  /** Of samples that were taken and not stored: who comes again with them pays once. */
  public void giveBack(String tenant, int samples) {
    Bucket bucket = buckets.get(tenant);
    if (bucket != null) {
      bucket.giveBack(samples);
    }
  }

  private void forgetFull(long now) {
    if (buckets.size() >= MANY) {
      buckets
          .entrySet()
          .removeIf(each -> {
            long burst = limits.burst(each.getKey());
            return each.getValue().fill(now, limits.rate(each.getKey()), burst) >= burst;
          });
    }
  }
}
