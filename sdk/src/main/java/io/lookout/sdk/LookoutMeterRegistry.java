package io.lookout.sdk;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * A Micrometer registry that pushes to Lookout by itself, as Prometheus remote write 2.0: metadata,
 * exemplars and the times at which counters began go along.
 *
 * <pre>{@code
 * MeterRegistry meters = LookoutMeterRegistry.to("http://lookout:9090", "orders");
 * }</pre>
 *
 * <p>Names and types are those of Micrometer's Prometheus registry, which this one is: {@code
 * scrape()} still works. Measuring never waits for the network. Requests that Lookout cannot take
 * now wait in memory, within a bound, and are tried again with growing pauses; see {@link
 * LookoutConfig#bufferBytes()}. What becomes of them is counted in {@code
 * lookout_sdk_requests_total}.
 */
public final class LookoutMeterRegistry extends PrometheusMeterRegistry {
  private final Push push;

  public LookoutMeterRegistry(LookoutConfig config) {
    this(config, Clock.SYSTEM, null);
  }

  /**
   * @param spans what the tracer says of the current span, for exemplars
   * @throws io.micrometer.core.instrument.config.validate.ValidationException naming each property
   *     that is wrong
   */
  public LookoutMeterRegistry(LookoutConfig config, Clock clock, @Nullable SpanContext spans) {
    super(config, new PrometheusRegistry(), clock, spans);
    push = Push.start(config, this, clock);
  }

  /**
   * Pushes every 15 seconds.
   *
   * @param url of Lookout
   * @param job the name of the service
   */
  public static LookoutMeterRegistry to(String url, String job) {
    return new LookoutMeterRegistry(
        new LookoutConfig() {
          @Override
          public @Nullable String get(String key) {
            return null;
          }

          @Override
          public String url() {
            return url;
          }

          @Override
          public String job() {
            return job;
          }
        });
  }

  /** Sends what was measured until now, within {@link LookoutConfig#timeout()}, and ends. */
  @Override
  public void close() {
    push.close();
    super.close();
  }
}
