package io.lookout.ingest.tcp;

import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.pipeline.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What Lookout says of the connections of one listener. Thread-safe. */
final class TcpMeters {
  private final MeterRegistry registry;
  private final IntakeMeters intake;
  private final String protocol;
  private final Counter refused;

  /** Why a connection is closed from this side. */
  enum Cause {
    IDLE,
    /** A message that does not come to its end in time, or an answer that nobody reads. */
    SLOW,
    TOO_LARGE,
    /** Too much is in flight. */
    OVERLOAD,
    FAILED
  }

  TcpMeters(MeterRegistry registry, IntakeMeters intake, String protocol, AtomicInteger open) {
    this.registry = registry;
    this.intake = intake;
    this.protocol = protocol;
    Gauge.builder("lookout.ingest.tcp.connections", open, AtomicInteger::get)
        .description("Open connections of senders over bare TCP")
        .tag("protocol", protocol)
        .register(registry);
    refused =
        Counter.builder("lookout.ingest.tcp.connections.refused")
            .description("Connections closed at once, because as many as are allowed were open")
            .tag("protocol", protocol)
            .register(registry);
  }

  void refused() {
    refused.increment();
  }

  void received(int bytes) {
    intake.received(protocol, bytes);
  }

  void closed(Cause cause) {
    Counter.builder("lookout.ingest.tcp.connections.closed")
        .description("Connections of senders that were closed from this side, by the reason why")
        .tag("protocol", protocol)
        .tag("reason", cause.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  /** A message of which only a part was read: what is in it is not known. */
  void lost(Reason reason) {
    intake.rejected(protocol, reason.label(), 1);
  }
}
