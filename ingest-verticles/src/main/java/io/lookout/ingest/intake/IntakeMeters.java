package io.lookout.ingest.intake;

import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.LookoutException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What Lookout says of its own ingest. Meters are made on first use. Thread-safe. */
public final class IntakeMeters {
  private final MeterRegistry registry;
  private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
  private final Map<String, Counter> bytes = new ConcurrentHashMap<>();
  private final Map<Key, Counter> rejected = new ConcurrentHashMap<>();
  private final Map<Key, Counter> dropped = new ConcurrentHashMap<>();
  private final Map<Key, Counter> failed = new ConcurrentHashMap<>();
  private final Map<Key, Timer> requests = new ConcurrentHashMap<>();

  private final Counter seriesHits;
  private final Counter seriesMisses;

  private record Key(String protocol, String what) {}

  public IntakeMeters(MeterRegistry registry) {
    this.registry = registry;
    seriesHits = lookups("hit");
    seriesMisses = lookups("miss");
  }

  private Counter lookups(String result) {
    return Counter.builder("lookout.ingest.series.lookups")
        .description("Time series of requests, by whether their labels were known")
        .tag("result", result)
        .register(registry);
  }

  /** Samples that are durable. */
  void accepted(String protocol, int samples) {
    meter(accepted, protocol, p -> protocolCounter("lookout.ingest.samples", p)).increment(samples);
  }

  /** Samples that were refused for a reason of their own. */
  public void rejected(String protocol, String reason, int samples) {
    Function<Key, Counter> make =
        key ->
            Counter.builder("lookout.ingest.rejected.samples")
                .description("Samples that were refused, by the reason why")
                .tag("protocol", key.protocol())
                .tag("reason", key.what())
                .register(registry);
    meter(rejected, new Key(protocol, reason), make).increment(samples);
  }

  /** Samples that were left out on purpose. */
  void dropped(String protocol, String by, int samples) {
    Function<Key, Counter> make =
        key ->
            Counter.builder("lookout.ingest.dropped.samples")
                .description("Samples that were left out on purpose, by the stage that did so")
                .tag("protocol", key.protocol())
                .tag("by", key.what())
                .register(registry);
    meter(dropped, new Key(protocol, by), make).increment(samples);
  }

  /** Batches of which nothing can be said: to be sent again. */
  void failed(String protocol, Throwable failure) {
    String code = failure instanceof LookoutException known ? known.code().name() : "INTERNAL";
    Function<Key, Counter> make =
        key ->
            Counter.builder("lookout.ingest.failed.batches")
                .description("Batches that could not be made durable, by the kind of failure")
                .tag("protocol", key.protocol())
                .tag("reason", key.what())
                .register(registry);
    meter(failed, new Key(protocol, code.toLowerCase(Locale.ROOT)), make).increment();
  }

  /** An answered request: its body's size as received, its status, and how long it took. */
  public void request(String protocol, int status, long receivedBytes, long nanos) {
    received(protocol, receivedBytes);
    Function<Key, Timer> make =
        key ->
            Timer.builder("lookout.ingest.requests")
                .description("Requests of senders, from the first byte to the answer")
                .tag("protocol", key.protocol())
                .tag("status", key.what())
                .register(registry);
    meter(requests, new Key(protocol, Integer.toString(status)), make)
        .record(Duration.ofNanos(nanos));
  }

  /** Bytes as they are sent. */
  public void received(String protocol, long receivedBytes) {
    meter(bytes, protocol, p -> protocolCounter("lookout.ingest.received.bytes", p))
        .increment((double) receivedBytes);
  }

  /** Time series in requests, and how many of them were not known. */
  public void series(int all, int unknown) {
    seriesHits.increment((double) all - unknown);
    seriesMisses.increment(unknown);
  }

  /**
   * A request that was refused as a whole: counted as one refused sample, because what is in it is
   * not known. Not counted where the sender is to come again.
   */
  public void refused(String protocol, Throwable failure) {
    if (failure instanceof LookoutException known) {
      switch (known.code()) {
        case BAD_DATA -> rejected(protocol, Reason.MALFORMED.label(), 1);
        case TOO_LARGE -> rejected(protocol, Reason.TOO_LARGE.label(), 1);
        case UNSUPPORTED_MEDIA_TYPE -> rejected(protocol, Reason.UNSUPPORTED.label(), 1);
        // Counted where the limit is, with the samples.
        case TENANT_LIMIT,
            EXECUTION,
            CANCELED,
            TIMEOUT,
            UNAVAILABLE,
            INTERNAL,
            NOT_FOUND,
            NOT_ACCEPTABLE -> {}
      }
    }
  }

  private Counter protocolCounter(String name, String protocol) {
    return Counter.builder(name).tag("protocol", protocol).register(registry);
  }

  /** A look-up that allocates nothing where the meter exists. */
  private static <K, M> M meter(Map<K, M> meters, K key, Function<K, M> make) {
    M known = meters.get(key);
    return known != null ? known : meters.computeIfAbsent(key, make);
  }
}
