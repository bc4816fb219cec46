package io.lookout.ingest.kafka;

import io.lookout.cluster.kafka.TopicNames;
import io.lookout.cluster.kafka.TopicSpec;
import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import io.lookout.ingest.relay.QueueOptions;
import io.lookout.ingest.relay.QueueSync;
import io.lookout.model.retry.Backoff;
import java.nio.file.Path;
import java.time.Duration;

/** Whether accepted samples are written to a topic for others to read. */
public record KafkaExportSettings(
    @Setting(
            name = "kafka.export.topic",
            defaultValue = "",
            help =
                "Write every accepted sample to this topic too, as snappy-compressed remote write;"
                    + " empty: to none. Made where it is missing.")
        String topic,
    @Setting(
            name = "kafka.export.version",
            defaultValue = "2.0",
            help = "The version of remote write that records are in: 2.0 or 1.0.")
        String version,
    @Setting(
            name = "kafka.export.partitions",
            defaultValue = "16",
            help = "Partitions of the topic when it is made.")
        int partitions,
    @Setting(
            name = "kafka.export.replication",
            defaultValue = "0",
            help = "Copies of the topic when it is made; 0: as the brokers are set.")
        int replication,
    @Setting(
            name = "kafka.export.retention",
            defaultValue = "1d",
            help = "How long the topic made keeps records.")
        Duration retention,
    @Setting(
            name = "kafka.export.queues",
            defaultValue = "2",
            help = "Queues on disk, each with some records under way; a series has one of them.")
        int queues,
    @Setting(
            name = "kafka.export.queue.bytes",
            defaultValue = "2GiB",
            help = "What may wait on disk for the brokers; when full, senders get 503.")
        ByteSize queueBytes,
    @Setting(
            name = "kafka.export.queue.sync",
            defaultValue = "os",
            help =
                "When a sample is acknowledged: os (its queue survives the process) or always (the"
                    + " machine).")
        QueueSync queueSync,
    @Setting(
            name = "kafka.export.record.samples",
            defaultValue = "5000",
            help = "About so many samples are taken from a queue at a time.")
        int recordSamples,
    @Setting(
            name = "kafka.export.retry.longest",
            defaultValue = "10s",
            help = "The longest pause before records are sent again.")
        Duration longestPause) {
  private static final int MOST_QUEUES = 256;

  public KafkaExportSettings {
    if (!topic.isEmpty()) {
      TopicNames.check("kafka.export.topic", topic);
    }
    if (!version.equals("1.0") && !version.equals("2.0")) {
      throw new IllegalArgumentException("kafka.export.version must be 2.0 or 1.0, not " + version);
    }
    if (partitions < 1 || partitions > 1024) {
      throw new IllegalArgumentException("kafka.export.partitions must be between 1 and 1024");
    }
    if (replication < 0 || replication > 32) {
      throw new IllegalArgumentException("kafka.export.replication must be between 0 and 32");
    }
    if (retention.toMillis() < 1 || longestPause.toMillis() < 1 || recordSamples < 1) {
      throw new IllegalArgumentException(
          "kafka.export.retention, .retry.longest and .record.samples must be positive");
    }
    if (queues < 1 || queues > MOST_QUEUES) {
      throw new IllegalArgumentException(
          "kafka.export.queues must be between 1 and " + MOST_QUEUES);
    }
    if (queueBytes.bytes() / queues < QueueOptions.LEAST_BYTES) {
      throw new IllegalArgumentException(
          "kafka.export.queue.bytes must be at least "
              + QueueOptions.LEAST_BYTES
              + " for each queue");
    }
  }

  public boolean isOn() {
    return !topic.isEmpty();
  }

  TopicSpec spec() {
    return new TopicSpec(topic, partitions, replication, retention);
  }

  /**
   * @param data the directory of the node's data
   */
  QueueOptions queueOptions(Path data) {
    return new QueueOptions(
        "the Kafka export",
        "lookout.kafka.export",
        "kafka.export.queue.bytes",
        data.resolve("kafka-export"),
        queues,
        queueBytes.bytes(),
        queueSync,
        recordSamples,
        Backoff.upTo(longestPause));
  }
}
