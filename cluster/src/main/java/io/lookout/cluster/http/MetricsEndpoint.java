package io.lookout.cluster.http;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * What Lookout knows of itself: {@code /metrics} in Prometheus's text format, {@code
 * /api/v1/status/self_metrics} as JSON, of metrics whose names match {@code metric_name_pattern}.
 */
public record MetricsEndpoint(PrometheusMeterRegistry meters) implements HttpEndpoint {
  private static final String TEXT_0_0_4 = "text/plain; version=0.0.4; charset=utf-8";

  @Override
  public void mount(Router router) {
    router.get("/metrics").handler(this::scrape);
    router.get("/api/v1/status/self_metrics").handler(this::list);
  }

  /** Off the event loop: some gauges ask the operating system. */
  private void scrape(RoutingContext context) {
    context
        .vertx()
        .executeBlocking(() -> meters.scrape(TEXT_0_0_4), false)
        .onSuccess(text -> context.response().putHeader("Content-Type", TEXT_0_0_4).end(text))
        .onFailure(context::fail);
  }

  private void list(RoutingContext context) {
    String given = context.request().getParam("metric_name_pattern");
    Pattern names = pattern(given == null ? "" : given);
    context
        .vertx()
        .executeBlocking(() -> families(names), false)
        .onSuccess(families ->
            context
                .response()
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("status", "success").put("data", families).encode()))
        .onFailure(context::fail);
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text.isEmpty() ? ".*" : text);
    } catch (PatternSyntaxException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "invalid parameter \"metric_name_pattern\": " + e.getMessage(), e);
    }
  }

  private JsonArray families(Pattern names) {
    JsonArray families = new JsonArray();
    for (MetricSnapshot family : meters.getPrometheusRegistry().scrape()) {
      if (names.matches(SelfMetricsJson.name(family))) {
        families.add(SelfMetricsJson.family(family));
      }
    }
    return families;
  }
}
