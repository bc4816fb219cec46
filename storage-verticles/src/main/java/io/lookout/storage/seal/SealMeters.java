package io.lookout.storage.seal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** What the sealer of one shard tells of itself. */
final class SealMeters {
  final Timer windows;
  final Counter blocks;
  final Counter samples;
  final Counter bytes;
  final Counter failures;
  final AtomicInteger waiting = new AtomicInteger();

  SealMeters(int shard, MeterRegistry meters) {
    String number = Integer.toString(shard);
    windows =
        Timer.builder("lookout.seal.window")
            .description("Time from the snapshot of a window to its release")
            .tag("shard", number)
            .register(meters);
    blocks = counter("lookout.seal.blocks", "Blocks put into the store", number, meters);
    samples = counter("lookout.seal.samples", "Samples put into the store", number, meters);
    bytes = counter("lookout.seal.bytes", "Bytes of blocks put into the store", number, meters);
    failures = counter("lookout.seal.failures", "Attempts that failed", number, meters);
    Gauge.builder("lookout.seal.waiting.windows", waiting, AtomicInteger::get)
        .description("Complete windows that are not yet in the store")
        .tag("shard", number)
        .register(meters);
  }

  private static Counter counter(
      String name, String description, String shard, MeterRegistry meters) {
    return Counter.builder(name).description(description).tag("shard", shard).register(meters);
  }
}
