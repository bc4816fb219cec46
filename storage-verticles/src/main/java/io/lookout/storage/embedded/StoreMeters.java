package io.lookout.storage.embedded;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the embedded store tells of itself. */
final class StoreMeters {
  final Timer puts;
  final Timer selects;
  final Timer labels;
  final Timer lists;
  final Counter refused;
  final AtomicInteger queued = new AtomicInteger();
  final AtomicLong bytes = new AtomicLong();
  final AtomicInteger indices = new AtomicInteger();

  StoreMeters(MeterRegistry meters) {
    puts = timer("lookout.store.put", "Putting blocks, until they are searchable", meters);
    selects = timer("lookout.store.select", "Selecting series from blocks", meters);
    labels = timer("lookout.store.labels", "Answering for labels from blocks", meters);
    lists = timer("lookout.store.list", "Listing and fetching blocks for upkeep", meters);
    refused =
        Counter.builder("lookout.store.refused.searches")
            .description("Searches refused because too many waited")
            .register(meters);
    Gauge.builder("lookout.store.queued.searches", queued, AtomicInteger::get)
        .description("Searches that run or wait for a thread")
        .register(meters);
    Gauge.builder("lookout.store.disk", bytes, AtomicLong::get)
        .description("What the indices take on disk")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("lookout.store.indices", indices, AtomicInteger::get)
        .description("Indices of rollover periods")
        .register(meters);
  }

  private static Timer timer(String name, String description, MeterRegistry meters) {
    return Timer.builder(name).description(description).register(meters);
  }
}
