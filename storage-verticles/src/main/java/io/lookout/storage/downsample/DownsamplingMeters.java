package io.lookout.storage.downsample;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What downsampling tells of itself. */
final class DownsamplingMeters {
  final Counter blocks;
  final Counter bytesRead;
  final Counter bytesWritten;
  final Counter skipped;

  DownsamplingMeters(MeterRegistry meters) {
    blocks = counter("lookout.downsampling.blocks", "Blocks of aggregates written", meters);
    bytesRead =
        counter("lookout.downsampling.read.bytes", "Blocks of samples that were read", meters);
    bytesWritten =
        counter("lookout.downsampling.written.bytes", "Blocks of aggregates written", meters);
    skipped =
        counter(
            "lookout.downsampling.skipped.series",
            "Series that have a label __aggregate__ and so no aggregates",
            meters);
  }

  private static Counter counter(String name, String description, MeterRegistry meters) {
    return Counter.builder(name).description(description).register(meters);
  }
}
