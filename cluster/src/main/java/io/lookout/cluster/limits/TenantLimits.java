package io.lookout.cluster.limits;

import java.util.Map;
import java.util.Set;

/** Which number holds for which tenant. Immutable. */
public final class TenantLimits {
  private final LimitSettings settings;
  private final Map<String, Map<Limit, Long>> overrides;

  public TenantLimits(LimitSettings settings) {
    this.settings = settings;
    this.overrides = Overrides.parse(settings.tenants());
  }

  /** Series in the heads of this node, or 0 where that is not limited. */
  public long series(String tenant) {
    return of(tenant, Limit.SERIES, settings.series());
  }

  /** Samples a second, or 0 where that is not limited. */
  public long rate(String tenant) {
    return of(tenant, Limit.RATE, settings.rate());
  }

  /** Samples at once where the rate is limited. */
  public long burst(String tenant) {
    long burst = of(tenant, Limit.BURST, settings.burst());
    return burst > 0 ? burst : 10 * rate(tenant);
  }

  /** The tenant's own number, or the one that holds otherwise. */
  public long of(String tenant, Limit limit, long otherwise) {
    Map<Limit, Long> own = overrides.get(tenant);
    return own == null ? otherwise : own.getOrDefault(limit, otherwise);
  }

  /** The tenants that have a limit of their own. */
  public Set<String> tenants() {
    return overrides.keySet();
  }
}
