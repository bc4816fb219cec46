package io.lookout.ingest.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What Lookout says of its relay, or of another that passes samples on. */
final class RelayMeters {
  private final Counter sent;
  private final Counter refused;
  private final Counter damaged;
  private final Counter retries;
  private final Counter turnedAway;

  private final String prefix;

  /**
   * @param prefix of the names
   */
  RelayMeters(MeterRegistry registry, String prefix) {
    this.prefix = prefix;
    sent = samples(registry, "sent");
    refused = samples(registry, "refused");
    damaged =
        Counter.builder(prefix + ".damaged.records")
            .description("Records of the queues that could not be read and were skipped")
            .register(registry);
    retries =
        Counter.builder(prefix + ".retries")
            .description("Requests that the target did not take and that are sent again")
            .register(registry);
    turnedAway =
        Counter.builder(prefix + ".turned.away.batches")
            .description("Batches that were not taken because a queue was full")
            .register(registry);
  }

  private Counter samples(MeterRegistry registry, String outcome) {
    return Counter.builder(prefix + ".samples")
        .description("Samples passed on, by what the target said; what it refuses is lost")
        .tag("outcome", outcome)
        .register(registry);
  }

  void queues(MeterRegistry registry, List<DiskQueue> queues) {
    Gauge.builder(
            prefix + ".queue.bytes", queues, all -> all.stream().mapToLong(DiskQueue::bytes).sum())
        .description("What waits on disk for the target")
        .register(registry);
  }

  void sent(int samples) {
    sent.increment(samples);
  }

  void refused(int samples) {
    refused.increment(samples);
  }

  void damaged() {
    damaged.increment();
  }

  void turnedAway() {
    turnedAway.increment();
  }

  void retry() {
    retries.increment();
  }
}
