package io.lookout.ingest.tap;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** What subscribers of accepted samples may cost. */
public record TapSettings(
    @Setting(
            name = "ingest.tap.inflight.bytes",
            defaultValue = "16MiB",
            help = "What may be on its way to subscribers on the bus; more is dropped for them.")
        ByteSize inFlightBytes,
    @Setting(
            name = "ingest.tap.probe.interval",
            defaultValue = "1s",
            help = "How often to look whether somebody subscribes to a tenant's samples.")
        Duration probeInterval) {
  public TapSettings {
    if (inFlightBytes.bytes() < 1 || probeInterval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "ingest.tap.inflight.bytes and ingest.tap.probe.interval must be positive");
    }
  }
}
