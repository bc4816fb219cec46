package io.lookout.cluster.limits;

import io.lookout.cluster.settings.Setting;
import java.util.List;

/** Limits of tenants, for the roles that take samples and that keep them. */
public record LimitSettings(
    @Setting(
            name = "limits.series",
            defaultValue = "0",
            help =
                "Series that a tenant may have in the heads of one storage node; samples of further"
                    + " ones are refused (400); 0: no limit.")
        int series,
    @Setting(
            name = "limits.rate",
            defaultValue = "0",
            help =
                "Samples a second that a tenant may send to one node; above, requests are refused"
                    + " (429); 0: no limit.")
        int rate,
    @Setting(
            name = "limits.burst",
            defaultValue = "0",
            help = "Samples that a tenant may send at once; 0: ten seconds of limits.rate.")
        int burst,
    @Setting(
            name = "limits.tenants",
            defaultValue = "",
            help =
                "Limits of single tenants, TENANT/LIMIT=NUMBER each: series, rate, burst,"
                    + " labels.count, labels.name.length, labels.value.length, future (seconds).")
        List<String> tenants) {
  public LimitSettings {
    if (series < 0 || rate < 0 || burst < 0) {
      throw new IllegalArgumentException(
          "limits.series, limits.rate and limits.burst must not be negative");
    }
    tenants = List.copyOf(tenants);
    Overrides.parse(tenants);
  }
}
