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
  final Counter selectedBlocks;
  final Counter refused;
  final AtomicInteger queued = new AtomicInteger();
  final AtomicLong bytes = new AtomicLong();
  final AtomicInteger indices = new AtomicInteger();

  StoreMeters(String store, MeterRegistry meters) {
    String prefix = "lookout." + store;
    puts = timer(prefix + ".put", "Putting blocks, until they are searchable", meters);
    selects = timer(prefix + ".select", "Selecting series from blocks", meters);
    labels = timer(prefix + ".labels", "Answering for labels from blocks", meters);
    lists = timer(prefix + ".list", "Listing and fetching blocks for upkeep", meters);
    selectedBlocks =
        Counter.builder(prefix + ".selected.blocks")
            .description("Blocks that series were taken out of, on disk or in the cache")
            .register(meters);
    refused =
        Counter.builder(prefix + ".refused.searches")
            .description("Searches refused because too many waited")
            .register(meters);
    Gauge.builder(prefix + ".queued.searches", queued, AtomicInteger::get)
        .description("Searches that run or wait for a thread")
        .register(meters);
    Gauge.builder(prefix + ".disk", bytes, AtomicLong::get)
        .description("What the indices take on disk")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder(prefix + ".indices", indices, AtomicInteger::get)
        .description("Indices of rollover periods")
        .register(meters);
  }

  private static Timer timer(String name, String description, MeterRegistry meters) {
    return Timer.builder(name).description(description).register(meters);
  }
}
