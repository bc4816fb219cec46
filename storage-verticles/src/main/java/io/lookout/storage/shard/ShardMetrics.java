package io.lookout.storage.shard;

import io.lookout.storage.head.HeadCounts;
import io.lookout.storage.wal.WalReplay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a shard says of itself. Counted by the shard's thread in plain numbers and carried over to
 * the meters once for each group, so that a sample costs nothing here.
 */
final class ShardMetrics {
  private final AtomicLong series = new AtomicLong();
  private final AtomicLong chunkBytes = new AtomicLong();
  private final AtomicLong openBytes = new AtomicLong();
  private final AtomicLong walSize = new AtomicLong();
  private final AtomicLong walSegments = new AtomicLong();
  private final Counter appended;
  private final Counter outOfOrder;
  private final Counter duplicates;
  private final Counter replaced;
  private final Counter walBytes;
  private final Counter walFailures;
  private final Counter groups;
  private final Counter skipped;
  private final Counter unknown;
  private final Counter missing;

  ShardMetrics(MeterRegistry meters, int shard, ShardQueue queue) {
    Tags tags = Tags.of("shard", Integer.toString(shard));
    appended = meters.counter("lookout.storage.samples.appended", tags);
    outOfOrder = meters.counter("lookout.storage.samples.out.of.order", tags);
    duplicates = meters.counter("lookout.storage.samples.duplicate", tags);
    replaced = meters.counter("lookout.storage.samples.replaced", tags);
    walBytes = meters.counter("lookout.storage.wal.written.bytes", tags);
    walFailures = meters.counter("lookout.storage.wal.failures", tags);
    groups = meters.counter("lookout.storage.wal.groups", tags);
    skipped = meters.counter("lookout.storage.wal.skipped.bytes", tags);
    unknown = meters.counter("lookout.storage.wal.skipped.samples", tags);
    missing = meters.counter("lookout.storage.wal.missing.segments", tags);
    gauge(meters, tags, "lookout.storage.head.series", series);
    gauge(meters, tags, "lookout.storage.head.chunk.bytes", chunkBytes);
    gauge(meters, tags, "lookout.storage.head.open.bytes", openBytes);
    gauge(meters, tags, "lookout.storage.wal.size.bytes", walSize);
    gauge(meters, tags, "lookout.storage.wal.segments", walSegments);
    Gauge.builder("lookout.storage.queue.bytes", queue, ShardQueue::bytes)
        .tags(tags)
        .register(meters);
  }

  private static void gauge(MeterRegistry meters, Tags tags, String name, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::get).tags(tags).strongReference(true).register(meters);
  }

  void replayed(WalReplay replay) {
    skipped.increment((double) replay.skippedBytes());
    unknown.increment((double) replay.unknownSamples());
    missing.increment(replay.missingSegments());
  }

  void wrote(int bytes) {
    groups.increment();
    walBytes.increment(bytes);
  }

  void writeFailed() {
    walFailures.increment();
  }

  /** Carries the counts over and begins them anew; gauges stay. */
  void update(HeadCounts counts, int seriesCount, long walSizeBytes, int segments) {
    appended.increment((double) counts.appended);
    outOfOrder.increment((double) counts.outOfOrder);
    duplicates.increment((double) counts.duplicates);
    replaced.increment((double) counts.replaced);
    counts.appended = 0;
    counts.outOfOrder = 0;
    counts.duplicates = 0;
    counts.replaced = 0;
    series.set(seriesCount);
    chunkBytes.set(counts.chunkBytes);
    openBytes.set(counts.openBytes);
    walSize.set(walSizeBytes);
    walSegments.set(segments);
  }
}
