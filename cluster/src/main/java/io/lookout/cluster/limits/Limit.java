package io.lookout.cluster.limits;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be set for a single tenant, and the setting that holds for all others. */
public enum Limit {
  SERIES("series", "limits.series"),
  RATE("rate", "limits.rate"),
  BURST("burst", "limits.burst"),
  LABEL_COUNT("labels.count", "ingest.labels.count"),
  LABEL_NAME_LENGTH("labels.name.length", "ingest.labels.name.length"),
  LABEL_VALUE_LENGTH("labels.value.length", "ingest.labels.value.length"),
  /** In seconds. */
  FUTURE("future", "ingest.future.limit");

  private final String label;
  private final String setting;

  Limit(String label, String setting) {
    this.label = label;
    this.setting = setting;
  }

  /** As it is called in {@code limits.tenants}. */
  String label() {
    return label;
  }

  /** The setting for tenants that have none of their own. */
  public String setting() {
    return setting;
  }

  static Optional<Limit> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(Limit::label).toList();
  }
}
