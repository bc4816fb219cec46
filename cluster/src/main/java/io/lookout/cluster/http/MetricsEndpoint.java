package io.lookout.cluster.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /metrics}: what Lookout knows of itself, in Prometheus's text format. */
public record MetricsEndpoint(PrometheusMeterRegistry meters) implements HttpEndpoint {
  private static final String TEXT_0_0_4 = "text/plain; version=0.0.4; charset=utf-8";

  @Override
  public void mount(Router router) {
    router.get("/metrics").handler(this::scrape);
  }

  /** Off the event loop: some gauges ask the operating system. */
  private void scrape(RoutingContext context) {
    context
        .vertx()
        .executeBlocking(() -> meters.scrape(TEXT_0_0_4), false)
        .onSuccess(text -> context.response().putHeader("Content-Type", TEXT_0_0_4).end(text))
        .onFailure(context::fail);
  }
}
