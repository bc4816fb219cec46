package io.lookout.cluster.kafka;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import io.lookout.cluster.settings.SettingsException;
import java.time.Duration;
import java.util.List;

/** How Kafka is reached, by whatever uses it. */
public record KafkaSettings(
    @Setting(
            name = "kafka.brokers",
            defaultValue = "",
            help = "Some brokers of the Kafka cluster, host:port each, separated by commas.")
        List<String> brokers,
    @Setting(
            name = "kafka.properties",
            defaultValue = "",
            help =
                "Further properties of every Kafka client, NAME=VALUE each, as Kafka's manual has"
                    + " them: security.protocol, sasl.mechanism, ssl.truststore.location.",
            secret = true)
        List<String> properties,
    @Setting(
            name = "kafka.timeout",
            defaultValue = "10s",
            help = "How long the brokers may take for a record, retries included.")
        Duration timeout,
    @Setting(
            name = "kafka.buffer.bytes",
            defaultValue = "32MiB",
            help = "Records that wait in memory for the brokers; beyond that senders get 503.")
        ByteSize bufferBytes,
    @Setting(
            name = "kafka.inflight.bytes",
            defaultValue = "8MiB",
            help =
                "Records of one partition that were read and are not stored yet, with those behind"
                    + " them; beyond that no more of it are fetched.")
        ByteSize inFlightBytes) {
  private static final long LARGEST_BUFFER = 1L << 34;

  public KafkaSettings {
    for (String property : properties) {
      if (property.indexOf('=') < 1) {
        throw new IllegalArgumentException(
            "kafka.properties must be NAME=VALUE each; one of them has no name or no =");
      }
    }
    if (timeout.toMillis() < 100 || timeout.toHours() > 1) {
      throw new IllegalArgumentException("kafka.timeout must be between 100ms and 1h");
    }
    if (bufferBytes.bytes() < 1 << 20 || bufferBytes.bytes() > LARGEST_BUFFER) {
      throw new IllegalArgumentException("kafka.buffer.bytes must be between 1MiB and 16GiB");
    }
    if (inFlightBytes.bytes() < 1) {
      throw new IllegalArgumentException("kafka.inflight.bytes must be positive");
    }
  }

  /**
   * These settings for something that cannot do without brokers.
   *
   * @param what the setting that wants Kafka
   * @throws SettingsException where none are named
   */
  public KafkaSettings neededFor(String what) {
    if (brokers.isEmpty()) {
      throw new SettingsException(
          List.of(what + " needs kafka.brokers: name some brokers, host:port each"));
    }
    return this;
  }
}
