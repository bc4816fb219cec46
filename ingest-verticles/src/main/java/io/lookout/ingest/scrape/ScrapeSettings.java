package io.lookout.ingest.scrape;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** How metrics are fetched. */
public record ScrapeSettings(
    @Setting(
            name = "scrape.self",
            defaultValue = "true",
            help = "Whether this node fetches and stores its own metrics.")
        boolean self,
    @Setting(
            name = "scrape.interval",
            defaultValue = "15s",
            help = "Time from one scrape of a target to the next.")
        Duration interval,
    @Setting(
            name = "scrape.timeout",
            defaultValue = "10s",
            help = "How long one scrape may take; at most the interval counts.")
        Duration timeout,
    @Setting(
            name = "scrape.body.limit",
            defaultValue = "16MiB",
            help = "The largest answer that is taken from a target.")
        ByteSize bodyLimit) {
  public ScrapeSettings {
    if (interval.toMillis() < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException("scrape.interval and scrape.timeout must be positive");
    }
  }
}
