package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.cluster.ring.Membership;
import io.lookout.cluster.ring.Membership.StorageNode;
import io.lookout.cluster.ring.Membership.View;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.KnownNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;

/**
 * {@code /api/v1/status/storage_nodes}: who is there and who is missing; {@code
 * /api/v1/admin/storage_nodes/forget}: one that will not come back.
 */
public final class StorageNodesEndpoint implements HttpEndpoint {
  private final AdminSettings settings;
  private final Membership membership;

  public StorageNodesEndpoint(AdminSettings settings, Membership membership) {
    this.settings = settings;
    this.membership = membership;
  }

  @Override
  public void mount(Router router) {
    router.get("/api/v1/status/storage_nodes").handler(this::list);
    router.post("/api/v1/admin/storage_nodes/forget").handler(this::forget);
  }

  private void list(RoutingContext routing) {
    View view = membership.view();
    JsonArray nodes = new JsonArray();
    for (StorageNode each : view.present()) {
      nodes.add(
          new JsonObject()
              .put("node", each.id())
              .put("state", "present")
              .put("shards", each.shards()));
    }
    for (KnownNode each : view.missing()) {
      nodes.add(
          new JsonObject()
              .put("node", each.id())
              .put("state", "missing")
              .put("since", Instant.ofEpochMilli(each.heard()).toString()));
    }
    JsonObject body = new JsonObject().put("status", "success").put("data", nodes);
    routing.response().putHeader("Content-Type", "application/json").end(body.encode());
  }

  private void forget(RoutingContext routing) {
    try {
      settings.checkEnabled();
      String node = String.valueOf(routing.request().getParam("node", ""));
      checkMissing(node);
      membership.forget(node);
      routing.response().setStatusCode(204).end();
    } catch (LookoutException e) {
      ApiRoute.fail(routing, e);
    }
  }

  private void checkMissing(String node) {
    View view = membership.view();
    if (view.present().stream().anyMatch(each -> each.id().equals(node))) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "storage node " + node + " is there: stop it before it is forgotten");
    }
    if (view.missing().stream().noneMatch(each -> each.id().equals(node))) {
      throw new LookoutException(
          ErrorCode.NOT_FOUND,
          "no storage node \"" + node + "\" is missing; /api/v1/status/storage_nodes lists them");
    }
  }
}
