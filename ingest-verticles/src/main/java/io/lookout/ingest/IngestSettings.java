package io.lookout.ingest;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import java.time.Duration;

/** What is taken from senders, and how much at a time. */
public record IngestSettings(
    @Setting(
            name = "ingest.body.limit",
            defaultValue = "32MiB",
            help = "The largest request body that is taken, as it is sent.")
        ByteSize bodyLimit,
    @Setting(
            name = "ingest.body.decompressed.limit",
            defaultValue = "128MiB",
            help = "The largest request body that is taken, after decompression.")
        ByteSize decompressedLimit,
    @Setting(
            name = "ingest.body.timeout",
            defaultValue = "30s",
            help = "How long a request body may take to arrive.")
        Duration bodyTimeout,
    @Setting(
            name = "ingest.request.entries",
            defaultValue = "500000",
            help = "Samples, exemplars and metadata entries that one request may have together.")
        int requestEntries,
    @Setting(
            name = "ingest.inline.limit",
            defaultValue = "512KiB",
            help = "Requests up to this size, decompressed, are decoded on the event loop.")
        ByteSize inlineLimit,
    @Setting(
            name = "ingest.workers",
            defaultValue = "2",
            help = "Threads that decode the larger requests.")
        int workers,
    @Setting(
            name = "ingest.inflight.bytes",
            defaultValue = "256MiB",
            help = "What may wait for storage at a time; above it, senders get 503.")
        ByteSize inFlightBytes,
    @Setting(
            name = "ingest.write.timeout",
            defaultValue = "20s",
            help = "How long a shard may take to make a batch durable.")
        Duration writeTimeout,
    @Setting(
            name = "ingest.series.cache",
            defaultValue = "524288",
            help = "Series whose labels are remembered, so that they need not be parsed again.")
        int seriesCache,
    @Setting(
            name = "ingest.series.idle",
            defaultValue = "15m",
            help = "A remembered series is forgotten when it is silent for so long.")
        Duration seriesIdle,
    @Setting(
            name = "ingest.labels.count",
            defaultValue = "128",
            help = "Labels that one series may have.")
        int labelCount,
    @Setting(
            name = "ingest.labels.name.length",
            defaultValue = "1024",
            help = "Characters that a label name may have.")
        int labelNameLength,
    @Setting(
            name = "ingest.labels.value.length",
            defaultValue = "8192",
            help = "Characters that a label value may have.")
        int labelValueLength,
    @Setting(
            name = "ingest.pushed.series",
            defaultValue = "262144",
            help = "Series of Pushgateway groups that are remembered, to be marked as stale.")
        int pushedSeries,
    @Setting(
            name = "ingest.pushed.admin",
            defaultValue = "false",
            help = "Answer PUT /api/v1/admin/wipe, which deletes all Pushgateway groups.")
        boolean pushedAdmin,
    @Setting(
            name = "ingest.future.limit",
            defaultValue = "10m",
            help = "How far ahead of this node's clock a sample may be.")
        Duration futureLimit) {
  /** Arrays cannot be longer, and nothing that is measured here should be. */
  private static final long LARGEST = Integer.MAX_VALUE - 64;

  public IngestSettings {
    requirePositive("ingest.body.limit", bodyLimit.bytes(), LARGEST);
    requirePositive("ingest.body.decompressed.limit", decompressedLimit.bytes(), LARGEST);
    requirePositive("ingest.body.timeout", bodyTimeout.toMillis(), LARGEST);
    requirePositive("ingest.request.entries", requestEntries, LARGEST);
    requirePositive("ingest.workers", workers, 1024);
    requirePositive("ingest.inflight.bytes", inFlightBytes.bytes(), Long.MAX_VALUE);
    requirePositive("ingest.write.timeout", writeTimeout.toMillis(), LARGEST);
    requirePositive("ingest.series.cache", seriesCache, 1 << 28);
    requirePositive("ingest.series.idle", seriesIdle.toMillis(), LARGEST);
    requirePositive("ingest.labels.count", labelCount, LARGEST);
    requirePositive("ingest.labels.name.length", labelNameLength, LARGEST);
    requirePositive("ingest.labels.value.length", labelValueLength, LARGEST);
    requirePositive("ingest.pushed.series", pushedSeries, LARGEST);
    requirePositive("ingest.future.limit", futureLimit.toMillis(), Long.MAX_VALUE);
  }

  private static void requirePositive(String name, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be between 1 and " + most);
    }
  }
}
