package io.lookout.cluster.kafka;

import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** What is between the nodes that take samples and the shards. */
public record TransportSettings(
    @Setting(
            name = "transport",
            defaultValue = "direct",
            help =
                "How samples come to the shards: direct (the event bus) or kafka (a topic;"
                    + " acknowledged when the brokers have them).")
        Transport transport,
    @Setting(
            name = "kafka.transport.topic",
            defaultValue = "lookout-samples",
            help = "The topic between ingest and storage; made where it is missing.")
        String topic,
    @Setting(
            name = "kafka.transport.partitions",
            defaultValue = "8",
            help =
                "Partitions of the topic when it is made: at least as many as all storage nodes"
                    + " have shards, best a multiple of a node's shards. Each costs CPU time; more"
                    + " can be added to the topic at any time.")
        int partitions,
    @Setting(
            name = "kafka.transport.replication",
            defaultValue = "0",
            help = "Copies of the topic when it is made; 0: as the brokers are set.")
        int replication,
    @Setting(
            name = "kafka.transport.retention",
            defaultValue = "1d",
            help = "How long the topic made keeps records: how long the storage nodes may be away.")
        Duration retention,
    @Setting(
            name = "kafka.transport.group",
            defaultValue = "lookout-storage",
            help = "The consumer group of the storage nodes.")
        String group,
    @Setting(
            name = "kafka.transport.compression",
            defaultValue = "snappy",
            help = "How records are compressed: snappy, lz4, zstd, gzip or none.")
        Compression compression,
    @Setting(
            name = "kafka.transport.record.samples",
            defaultValue = "5000",
            help = "About so many samples go with one record.")
        int recordSamples,
    @Setting(
            name = "kafka.transport.series.cache",
            defaultValue = "524288",
            help =
                "Series whose labels a node remembers, so that they need not be made for each record,"
                    + " and not read from it.")
        int seriesCache) {
  /** What Kafka knows, as its clients spell it in lower case. */
  public enum Compression {
    NONE,
    LZ4,
    SNAPPY,
    ZSTD,
    GZIP
  }

  public TransportSettings {
    TopicNames.check("kafka.transport.topic", topic);
    if (partitions < 1 || partitions > 1024) {
      throw new IllegalArgumentException("kafka.transport.partitions must be between 1 and 1024");
    }
    if (replication < 0 || replication > 32) {
      throw new IllegalArgumentException("kafka.transport.replication must be between 0 and 32");
    }
    if (retention.toMillis() < 1) {
      throw new IllegalArgumentException("kafka.transport.retention must be positive");
    }
    if (group.isEmpty()) {
      throw new IllegalArgumentException("kafka.transport.group must not be empty");
    }
    if (recordSamples < 1) {
      throw new IllegalArgumentException("kafka.transport.record.samples must be positive");
    }
    if (seriesCache < 1 || seriesCache > 1 << 28) {
      throw new IllegalArgumentException(
          "kafka.transport.series.cache must be between 1 and " + (1 << 28));
    }
  }

  public boolean isKafka() {
    return transport == Transport.KAFKA;
  }

  /** The topic, as it is made. */
  public TopicSpec spec() {
    return new TopicSpec(topic, partitions, replication, retention);
  }
}
