package io.lookout.ingest.plugin;

import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** Where plug-ins are, and what they may take. */
public record PluginSettings(
    @Setting(
            name = "plugins.dir",
            defaultValue = "",
            help = "The directory whose jars are plug-ins; empty for none.")
        String directory,
    @Setting(
            name = "plugins.filter.threads",
            defaultValue = "4",
            help = "Threads that ask each filter.")
        int filterThreads,
    @Setting(
            name = "plugins.filter.queue",
            defaultValue = "256",
            help =
                "Batches that may wait for the threads of each filter; what comes beyond is kept"
                    + " unasked.")
        int filterQueue,
    @Setting(
            name = "plugins.filter.timeout",
            defaultValue = "1s",
            help =
                "How long a filter may take for one batch, waiting included, before the batch is"
                    + " kept as it was.")
        Duration filterTimeout,
    @Setting(
            name = "plugins.exporter.queue",
            defaultValue = "100000",
            help = "Samples that may wait for each exporter; what comes beyond is dropped for it.")
        int exporterQueue,
    @Setting(
            name = "plugins.exporter.timeout",
            defaultValue = "30s",
            help = "How long an exporter may take for one batch before it is interrupted.")
        Duration exporterTimeout) {
  public PluginSettings {
    if (filterThreads < 1 || filterQueue < 1 || filterTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "plugins.filter.threads, plugins.filter.queue and plugins.filter.timeout must be"
              + " positive");
    }
    if (exporterQueue < 1) {
      throw new IllegalArgumentException("plugins.exporter.queue must be positive");
    }
    if (exporterTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("plugins.exporter.timeout must be positive");
    }
  }
}
