package io.lookout.storage.transport;

import io.lookout.model.bus.WriteResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What Lookout says of samples that came through Kafka: nobody waits for the answer of a shard. */
final class TransportMeters {
  private static final String REFUSED = "lookout.storage.transport.refused.samples";

  private final MeterRegistry registry;
  private final Counter stored;
  private final Counter malformed;
  private final AtomicLong labelsRead = new AtomicLong();

  TransportMeters(MeterRegistry registry) {
    this.registry = registry;
    stored =
        Counter.builder("lookout.storage.transport.samples")
            .description("Samples from the topic that are in the write-ahead log")
            .register(registry);
    malformed =
        Counter.builder("lookout.storage.transport.malformed.records")
            .description("Records of the topic that are no write batches and were skipped")
            .register(registry);
    FunctionCounter.builder("lookout.storage.transport.labels.read", labelsRead, AtomicLong::get)
        .description("Series in records whose labels had to be read: the others were remembered")
        .register(registry);
  }

  /** Refusals are rare: a limit of series. */
  void stored(WriteResult result) {
    stored.increment(result.accepted());
    for (WriteResult.Rejection each : result.rejections()) {
      Counter.builder(REFUSED)
          .description("Samples from the topic that a shard has refused, by the reason why")
          .tag("reason", each.reason())
          .register(registry)
          .increment(each.samples());
    }
  }

  void labelsRead(long soFar) {
    labelsRead.set(soFar);
  }

  void malformed() {
    malformed.increment();
  }
}
