package io.lookout.cluster.resolution;

import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** Whether older samples are also kept in coarser resolutions, and how long. */
public record DownsamplingSettings(
    @Setting(
            name = "storage.downsampling",
            defaultValue = "false",
            help =
                "Whether compaction also writes aggregates of 5 minutes and of 1 hour, and queries"
                    + " use them where the answer is the same, or samples are past retention.")
        boolean enabled,
    @Setting(
            name = "storage.retention.5m",
            defaultValue = "90d",
            help = "How long aggregates of 5 minutes are kept, under storage.downsampling.")
        Duration retention5m,
    @Setting(
            name = "storage.retention.1h",
            defaultValue = "730d",
            help = "How long aggregates of 1 hour are kept, under storage.downsampling.")
        Duration retention1h) {
  public static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  public static final Duration ONE_HOUR = Duration.ofHours(1);
}
