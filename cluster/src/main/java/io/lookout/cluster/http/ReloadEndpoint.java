package io.lookout.cluster.http;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * {@code POST /-/reload}: files that the settings name are read anew. {@code /-/quit} is refused,
 * as by a Prometheus whose life cycle is in other hands.
 *
 * @param reload fails where they cannot be used
 */
public record ReloadEndpoint(Supplier<Future<Void>> reload) implements HttpEndpoint {
  @Override
  public void mount(Router router) {
    router.post("/-/reload").handler(this::reload);
    router.put("/-/reload").handler(this::reload);
    router.post("/-/quit").handler(ReloadEndpoint::refuse);
    router.put("/-/quit").handler(ReloadEndpoint::refuse);
    router.get("/-/reload").handler(ReloadEndpoint::explain);
    router.get("/-/quit").handler(ReloadEndpoint::explain);
  }

  private static void refuse(RoutingContext context) {
    text(context, 403, "Lifecycle API is not enabled.");
  }

  private static void explain(RoutingContext context) {
    text(context, 405, "Only POST or PUT requests allowed");
  }

  private static void text(RoutingContext context, int status, String text) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(text);
  }

  private void reload(RoutingContext context) {
    reload
        .get()
        .onSuccess(done -> context.response().end())
        .onFailure(failure ->
            text(context, 500, "failed to reload config: " + failure.getMessage() + "\n"));
  }
}
