package io.lookout.ingest.scrape;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;
import java.util.List;

/** How metrics are fetched. */
public record ScrapeSettings(
    @Setting(
            name = "scrape.configs",
            defaultValue = "",
            help =
                "Files with scrape_configs as in a prometheus.yml, or directories of such files.")
        List<String> configs,
    @Setting(
            name = "scrape.tenant",
            defaultValue = "anonymous",
            help = "The tenant that scraped samples belong to.")
        String tenant,
    @Setting(
            name = "scrape.self",
            defaultValue = "true",
            help = "Whether this node fetches and stores its own metrics.")
        boolean self,
    @Setting(
            name = "scrape.interval",
            defaultValue = "15s",
            help = "Time from one scrape of this node's own metrics to the next.")
        Duration interval,
    @Setting(
            name = "scrape.timeout",
            defaultValue = "10s",
            help =
                "How long one scrape of this node's own metrics may take; at most the interval"
                    + " counts.")
        Duration timeout,
    @Setting(
            name = "scrape.body.limit",
            defaultValue = "64MiB",
            help = "The largest answer that is taken from any target, decompressed.")
        ByteSize bodyLimit,
    @Setting(
            name = "scrape.start.timestamps",
            defaultValue = "false",
            help =
                "Whether start timestamps that targets expose are stored with their samples, instead"
                    + " of the series _created of OpenMetrics.")
        boolean startTimestamps,
    @Setting(
            name = "scrape.dns.server",
            defaultValue = "",
            help = "The server, host:port, that dns_sd_configs ask; empty for the system's.")
        String dnsServer) {
  public ScrapeSettings {
    if (interval.toMillis() < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException("scrape.interval and scrape.timeout must be positive");
    }
  }
}
