package io.lookout.ingest.kafka;

import io.lookout.cluster.kafka.TopicNames;
import io.lookout.cluster.settings.Setting;
import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.http.Tenants;
import io.lookout.model.SeriesKey;
import java.util.List;

/** Whether samples are read from topics that others write. */
public record KafkaSourceSettings(
    @Setting(
            name = "kafka.source.topics",
            defaultValue = "",
            help = "Topics to read samples from, separated by commas; empty: from none.")
        List<String> topics,
    @Setting(
            name = "kafka.source.group",
            defaultValue = "lookout-source",
            help = "The consumer group of the nodes that read: each record is read by one of them.")
        String group,
    @Setting(
            name = "kafka.source.format",
            defaultValue = "remote-write",
            help =
                "What records without a header Content-Type hold: remote-write (1.0),"
                    + " remote-write-2 or json.")
        Format format,
    @Setting(
            name = "kafka.source.encoding",
            defaultValue = "auto",
            help =
                "How records without a header Content-Encoding are compressed: auto (snappy for"
                    + " remote write, not at all for JSON), identity, snappy, zstd or gzip.")
        Encoding encoding,
    @Setting(
            name = "kafka.source.tenant",
            defaultValue = SeriesKey.ANONYMOUS,
            help = "The tenant of records without a header X-Scope-OrgID.")
        String tenant,
    @Setting(
            name = "kafka.source.from",
            defaultValue = "earliest",
            help = "Where a new group begins to read: earliest (all there is) or latest.")
        From from) {
  /** What a record may hold. */
  public enum Format {
    REMOTE_WRITE,
    REMOTE_WRITE_2,
    JSON
  }

  /** How a record may be compressed. */
  public enum Encoding {
    AUTO,
    IDENTITY,
    SNAPPY,
    ZSTD,
    GZIP
  }

  /** Where reading may begin. */
  public enum From {
    EARLIEST,
    LATEST
  }

  public KafkaSourceSettings {
    topics.forEach(topic -> TopicNames.check("kafka.source.topics", topic));
    if (group.isEmpty()) {
      throw new IllegalArgumentException("kafka.source.group must not be empty");
    }
    Tenants.requireValid("kafka.source.tenant", tenant);
  }

  public boolean isOn() {
    return !topics.isEmpty();
  }

  /** Of a record that does not say. */
  ContentCoding coding(Format of) {
    return switch (encoding) {
      case AUTO -> of == Format.JSON ? ContentCoding.IDENTITY : ContentCoding.SNAPPY;
      case IDENTITY -> ContentCoding.IDENTITY;
      case SNAPPY -> ContentCoding.SNAPPY;
      case ZSTD -> ContentCoding.ZSTD;
      case GZIP -> ContentCoding.GZIP;
    };
  }
}
