package io.lookout.storage.spill;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What the spill tells of itself. */
final class SpillMeters {
  final Counter spilled;
  final Counter drained;
  final Counter failures;
  final Counter refused;

  SpillMeters(MeterRegistry meters, SpillRoom room, long maxBytes) {
    spilled = counter("lookout.spill.blocks", "Blocks that had to wait for the store", meters);
    drained = counter("lookout.spill.drained.blocks", "Blocks that the store took later", meters);
    failures = counter("lookout.spill.failures", "Attempts at the store that failed", meters);
    refused = counter("lookout.spill.refused.writes", "Writes refused: too much waits", meters);
    gauge("lookout.spill.waiting", "Blocks that wait on disk", SpillRoom::bytes, room, meters);
    gauge(
        "lookout.spill.limit",
        "What may wait on disk: storage.spill.bytes.max",
        any -> maxBytes,
        room,
        meters);
  }

  private static Counter counter(String name, String description, MeterRegistry meters) {
    return Counter.builder(name).description(description).register(meters);
  }

  private static void gauge(
      String name,
      String description,
      ToDoubleFunction<SpillRoom> value,
      SpillRoom room,
      MeterRegistry meters) {
    Gauge.builder(name, room, value)
        .description(description)
        .baseUnit("bytes")
        .strongReference(true)
        .register(meters);
  }
}
