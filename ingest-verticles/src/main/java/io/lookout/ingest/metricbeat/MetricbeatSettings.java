package io.lookout.ingest.metricbeat;

import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Setting;
import java.util.List;

/** How Metricbeat's events are taken. Path {@code /beat} is always there. */
public record MetricbeatSettings(
    @Setting(
            name = "metricbeat.enabled",
            defaultValue = "false",
            help = "Answer Metricbeat on a port of its own too, where it needs no path.")
        boolean enabled,
    @Setting(
            name = "metricbeat.listen",
            defaultValue = "0.0.0.0:9200",
            help = "Where Metricbeat finds that port; port 0 takes a free one.")
        HostPort listen,
    @Setting(
            name = "metricbeat.labels",
            defaultValue = "",
            help =
                "Fields of events that become labels beside the usual ones, such as cloud.region,"
                    + " fields.env, tags or kubernetes.labels.*.")
        List<String> labels,
    @Setting(
            name = "metricbeat.bulk.items",
            defaultValue = "50000",
            help = "Events that one bulk request may have; of more, senders are told 413.")
        int bulkItems,
    @Setting(
            name = "metricbeat.fields",
            defaultValue = "20000",
            help =
                "Fields of events that are remembered of each tenant; further ones cost more time,"
                    + " and of those whose names read alike none steps aside.")
        int fields,
    @Setting(
            name = "metricbeat.fields.all",
            defaultValue = "200000",
            help =
                "The same of all tenants together; beyond it, what is known of those that were not"
                    + " heard of for the longest time is learnt anew.")
        int allFields) {
  public MetricbeatSettings {
    labels = List.copyOf(labels);
    if (bulkItems < 1 || bulkItems > 1_000_000) {
      throw new IllegalArgumentException("metricbeat.bulk.items must be between 1 and 1000000");
    }
    if (fields < 1 || allFields < fields) {
      throw new IllegalArgumentException(
          "metricbeat.fields must be at least 1, metricbeat.fields.all not below it");
    }
  }
}
