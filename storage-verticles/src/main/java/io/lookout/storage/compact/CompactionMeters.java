package io.lookout.storage.compact;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What compaction tells of itself. */
final class CompactionMeters {
  final Timer spans;
  final Counter inputs;
  final Counter outputs;
  final Counter bytesRead;
  final Counter bytesWritten;
  final Counter failures;

  CompactionMeters(MeterRegistry meters) {
    spans =
        Timer.builder("lookout.compaction.span")
            .description("Looking through a span of time and compacting it")
            .register(meters);
    inputs = counter("lookout.compaction.input.blocks", "Blocks that were replaced", meters);
    outputs = counter("lookout.compaction.output.blocks", "Blocks that replace them", meters);
    bytesRead = counter("lookout.compaction.read.bytes", "Blocks that were read", meters);
    bytesWritten = counter("lookout.compaction.written.bytes", "Blocks that were written", meters);
    failures = counter("lookout.compaction.failures", "Spans that could not be compacted", meters);
  }

  private static Counter counter(String name, String description, MeterRegistry meters) {
    return Counter.builder(name).description(description).register(meters);
  }
}
