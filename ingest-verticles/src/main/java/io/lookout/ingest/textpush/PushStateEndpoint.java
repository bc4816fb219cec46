package io.lookout.ingest.textpush;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.http.Tenants;
import io.lookout.model.LookoutException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Map;

/**
 * The Pushgateway's API of questions: {@code GET /api/v1/metrics}, what this node remembers of the
 * groups of a tenant, and {@code GET /api/v1/status}.
 *
 * <p>Source: the README of the Pushgateway, section "Query API".
 */
public final class PushStateEndpoint implements HttpEndpoint {
  private final PushGroups groups;
  private final Map<String, String> flags;
  private final Instant started;

  /**
   * @param flags as status shows them
   * @param started when this node did
   */
  public PushStateEndpoint(PushGroups groups, Map<String, String> flags, Instant started) {
    this.groups = groups;
    this.flags = Map.copyOf(flags);
    this.started = started;
  }

  @Override
  public void mount(Router router) {
    router.get("/api/v1/metrics").handler(this::metrics);
    router.get("/api/v1/status").handler(this::status);
  }

  private void metrics(RoutingContext context) {
    String tenant;
    try {
      tenant = Tenants.of(context.request());
    } catch (LookoutException e) {
      answer(
          context,
          e.code().httpStatus(),
          new JsonObject()
              .put("status", "error")
              .put("errorType", e.code().errorType())
              .put("error", e.getMessage())
              .encode());
      return;
    }
    context
        .vertx()
        .executeBlocking(() -> success(PushedJson.of(groups.of(tenant))), false)
        .onSuccess(body -> answer(context, 200, body))
        .onFailure(context::fail);
  }

  private void status(RoutingContext context) {
    JsonObject flagsSet = new JsonObject();
    flags.forEach(flagsSet::put);
    JsonObject data = new JsonObject().put("flags", flagsSet).put("start_time", started.toString());
    answer(context, 200, success(data));
  }

  private static String success(Object data) {
    return new JsonObject().put("status", "success").put("data", data).encode();
  }

  private static void answer(RoutingContext context, int status, String body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body);
  }
}
