package io.lookout.cluster.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What Lookout says of reading from Kafka. */
final class FeedMeters {
  private final Counter records;
  private final Counter retries;
  private final Counter givenUp;
  private final Counter damaged;
  private final AtomicLong inFlight = new AtomicLong();
  private final AtomicLong lag = new AtomicLong();

  /**
   * @param feed what is read: transport or source
   */
  FeedMeters(MeterRegistry registry, String feed) {
    records =
        Counter.builder("lookout.kafka.records")
            .description("Records that were read and dealt with")
            .tag("feed", feed)
            .register(registry);
    retries =
        Counter.builder("lookout.kafka.record.retries")
            .description("Records that could not be stored and were tried again")
            .tag("feed", feed)
            .register(registry);
    givenUp =
        Counter.builder("lookout.kafka.records.given.up")
            .description("Records whose samples are lost: storing them failed again and again")
            .tag("feed", feed)
            .register(registry);
    damaged =
        Counter.builder("lookout.kafka.records.damaged")
            .description("Offsets that were passed over: damaged on the disks of brokers")
            .tag("feed", feed)
            .register(registry);
    Gauge.builder("lookout.kafka.inflight.bytes", inFlight, AtomicLong::get)
        .description("Records that were read and are not stored yet")
        .tag("feed", feed)
        .register(registry);
    Gauge.builder("lookout.kafka.lag.records", lag, AtomicLong::get)
        .description("Records of this node's partitions that were not read yet")
        .tag("feed", feed)
        .register(registry);
  }

  void begun(int bytes) {
    inFlight.addAndGet(bytes);
  }

  void ended(int bytes) {
    inFlight.addAndGet(-bytes);
  }

  void done() {
    records.increment();
  }

  void retry() {
    retries.increment();
  }

  void gaveUp() {
    givenUp.increment();
  }

  void damaged(long offsets) {
    damaged.increment((double) offsets);
  }

  void lag(long now) {
    lag.set(now);
  }
}
