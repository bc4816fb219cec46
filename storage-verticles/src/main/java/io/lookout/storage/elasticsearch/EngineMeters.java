package io.lookout.storage.elasticsearch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the store tells of itself and of its engine. */
final class EngineMeters {
  final Timer puts;
  final Timer selects;
  final Timer labels;
  final Counter requests;
  final Counter failures;
  final Counter overloads;
  final Counter retriedBlocks;
  final Counter refused;
  final AtomicInteger bulksInFlight = new AtomicInteger();
  final AtomicInteger bulksWaiting = new AtomicInteger();
  final AtomicInteger queued = new AtomicInteger();
  final AtomicInteger prepared = new AtomicInteger();
  final AtomicInteger indices = new AtomicInteger();
  final AtomicLong bytes = new AtomicLong();
  private final MeterRegistry meters;

  EngineMeters(MeterRegistry meters) {
    this.meters = meters;
    puts = timer("lookout.store.put", "Putting blocks, until they are searchable");
    selects = timer("lookout.store.select", "Selecting series from blocks");
    labels = timer("lookout.store.labels", "Answering for labels from blocks");
    requests = counter("lookout.elasticsearch.requests", "Requests to the engine");
    failures = counter("lookout.elasticsearch.failures", "Requests that were not answered");
    overloads =
        counter("lookout.elasticsearch.overloads", "Requests that were answered with 429 or 5xx");
    retriedBlocks =
        counter("lookout.elasticsearch.retried.blocks", "Blocks that a bulk refused for now");
    refused = counter("lookout.store.refused.searches", "Searches refused because too many waited");
    gauge("lookout.elasticsearch.bulks", "Bulk requests under way", bulksInFlight);
    gauge("lookout.elasticsearch.waiting.bulks", "Bulk requests that wait", bulksWaiting);
    gauge("lookout.store.queued.searches", "Searches under way", queued);
    gauge("lookout.store.indices", "Indices of rollover periods", indices);
    gauge(
        "lookout.elasticsearch.prepared",
        "1 when version, template and alias of the engine were found good",
        prepared);
    Gauge.builder("lookout.store.disk", bytes, AtomicLong::get)
        .description("What the indices take on disk")
        .baseUnit("bytes")
        .register(meters);
  }

  void watch(Hosts hosts) {
    Gauge.builder("lookout.elasticsearch.hosts", hosts, Hosts::size)
        .description("Hosts of the engine that are set")
        .register(meters);
    Gauge.builder("lookout.elasticsearch.up.hosts", hosts, Hosts::up)
        .description("Hosts of the engine that have answered the last time they were asked")
        .register(meters);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).description(description).register(meters);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(meters);
  }

  private void gauge(String name, String description, AtomicInteger value) {
    Gauge.builder(name, value, AtomicInteger::get).description(description).register(meters);
  }
}
