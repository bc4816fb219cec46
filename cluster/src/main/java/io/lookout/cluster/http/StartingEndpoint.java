package io.lookout.cluster.http;

import io.lookout.model.ErrorCode;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Answers whatever else is asked while the node starts: come back later.
 *
 * @param waitingFor what the node waits for
 */
public record StartingEndpoint(Supplier<Collection<String>> waitingFor) implements HttpEndpoint {
  private static final String RETRY_SECONDS = "5";

  @Override
  public void mount(Router router) {
    router.route().last().handler(this::answer);
  }

  private void answer(RoutingContext context) {
    String message = "Lookout is starting, waiting for: " + String.join(", ", waitingFor.get());
    boolean api = String.valueOf(context.request().path()).startsWith("/api/");
    context
        .response()
        .setStatusCode(ErrorCode.UNAVAILABLE.httpStatus())
        .putHeader("Retry-After", RETRY_SECONDS)
        .putHeader("Content-Type", api ? "application/json" : "text/plain; charset=utf-8")
        .end(api ? json(message) : message + "\n");
  }

  private static String json(String message) {
    return new JsonObject()
        .put("status", "error")
        .put("errorType", ErrorCode.UNAVAILABLE.errorType())
        .put("error", message)
        .encode();
  }
}
