package io.lookout.cluster.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /api/v1/status/buildinfo} and {@code /version} in Prometheus's shape. Grafana reads {@code
 * version} to know which features of the query API there are, so this is the version of Prometheus
 * whose API is spoken; Lookout's own stands beside it.
 */
public record BuildInfoEndpoint(BuildInfo build) implements HttpEndpoint {
  @Override
  public void mount(Router router) {
    router.get("/api/v1/status/buildinfo").handler(this::answer);
    router.get("/version").handler(this::version);
  }

  private void answer(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("status", "success").put("data", data()).encode());
  }

  /** Without an envelope, and of a type that Prometheus does not name either. */
  private void version(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(data().encode() + "\n");
  }

  private JsonObject data() {
    return new JsonObject()
        .put("version", BuildInfo.API_VERSION)
        .put("revision", build.revision())
        .put("branch", "")
        .put("buildUser", "")
        .put("buildDate", "")
        .put("goVersion", "")
        .put("application", "Lookout")
        .put("applicationVersion", build.version())
        .put("javaVersion", Runtime.version().toString());
  }
}
