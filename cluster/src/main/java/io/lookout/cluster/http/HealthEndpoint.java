package io.lookout.cluster.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * {@code /-/healthy}: the process answers. {@code /-/ready}: it may be sent requests.
 *
 * @param waitingFor why it may not; empty when it may
 */
public record HealthEndpoint(Supplier<Collection<String>> waitingFor) implements HttpEndpoint {
  @Override
  public void mount(Router router) {
    router.get("/-/healthy").handler(context -> text(context, 200, "Lookout is Healthy."));
    router.head("/-/healthy").handler(context -> context.response().end());
    router.get("/-/ready").handler(this::ready);
    router
        .head("/-/ready")
        .handler(context -> context.response().setStatusCode(isReady() ? 200 : 503).end());
  }

  private boolean isReady() {
    return waitingFor.get().isEmpty();
  }

  private void ready(RoutingContext context) {
    Collection<String> reasons = waitingFor.get();
    if (reasons.isEmpty()) {
      text(context, 200, "Lookout is Ready.");
    } else {
      text(context, 503, "Lookout is not ready, waiting for:\n" + String.join("\n", reasons));
    }
  }

  private static void text(RoutingContext context, int status, String text) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(text + "\n");
  }
}
