package io.lookout.storage.shard;

import io.lookout.storage.head.Head;
import io.lookout.storage.head.HeadCounts;
import io.lookout.storage.wal.Wal;
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
  private final AtomicLong sideBytes = new AtomicLong();
  private final AtomicLong exemplars = new AtomicLong();
  private final AtomicLong walSize = new AtomicLong();
  private final AtomicLong walSegments = new AtomicLong();
  private final Counter appended;
  private final Counter outOfOrder;
  private final Counter late;
  private final Counter duplicates;
  private final Counter replaced;
  private final Counter zeros;
  private final Counter patternHits;
  private final Counter patternMisses;
  private final Counter sidesMerged;
  private final Counter exemplarsAppended;
  private final Counter exemplarsDropped;
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
    late = meters.counter("lookout.storage.samples.late", tags);
    duplicates = meters.counter("lookout.storage.samples.duplicate", tags);
    replaced = meters.counter("lookout.storage.samples.replaced", tags);
    zeros = meters.counter("lookout.storage.samples.start.zeros", tags);
    patternHits = meters.counter("lookout.storage.head.pattern.hits", tags);
    patternMisses = meters.counter("lookout.storage.head.pattern.misses", tags);
    sidesMerged = meters.counter("lookout.storage.head.side.merges", tags);
    exemplarsAppended = meters.counter("lookout.storage.exemplars.appended", tags);
    exemplarsDropped = meters.counter("lookout.storage.exemplars.dropped", tags);
    walBytes = meters.counter("lookout.storage.wal.written.bytes", tags);
    walFailures = meters.counter("lookout.storage.wal.failures", tags);
    groups = meters.counter("lookout.storage.wal.groups", tags);
    skipped = meters.counter("lookout.storage.wal.skipped.bytes", tags);
    unknown = meters.counter("lookout.storage.wal.skipped.samples", tags);
    missing = meters.counter("lookout.storage.wal.missing.segments", tags);
    gauge(meters, tags, "lookout.storage.head.series", series);
    gauge(meters, tags, "lookout.storage.head.chunk.bytes", chunkBytes);
    gauge(meters, tags, "lookout.storage.head.open.bytes", openBytes);
    gauge(meters, tags, "lookout.storage.head.side.bytes", sideBytes);
    gauge(meters, tags, "lookout.storage.head.exemplars", exemplars);
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
  void update(Head head, Wal wal) {
    HeadCounts counts = head.counts();
    appended.increment((double) counts.appended);
    outOfOrder.increment((double) counts.outOfOrder);
    late.increment((double) counts.late);
    duplicates.increment((double) counts.duplicates);
    replaced.increment((double) counts.replaced);
    zeros.increment((double) counts.zeros);
    patternHits.increment((double) counts.patternHits);
    patternMisses.increment((double) counts.patternMisses);
    sidesMerged.increment((double) counts.sidesMerged);
    exemplarsAppended.increment((double) counts.exemplars);
    exemplarsDropped.increment((double) counts.exemplarsDropped);
    counts.begin();
    series.set(head.seriesCount());
    chunkBytes.set(counts.chunkBytes);
    openBytes.set(counts.openBytes);
    sideBytes.set(counts.sideBytes);
    exemplars.set(head.exemplarCount());
    walSize.set(wal.bytes());
    walSegments.set(wal.segmentCount());
  }
}
