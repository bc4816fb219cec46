package io.lookout.cluster.http;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * {@code POST /-/reload}: files that the settings name are read anew.
 *
 * @param reload fails where they cannot be used
 */
public record ReloadEndpoint(Supplier<Future<Void>> reload) implements HttpEndpoint {
  @Override
  public void mount(Router router) {
    router.post("/-/reload").handler(this::reload);
    router.put("/-/reload").handler(this::reload);
  }

  private void reload(RoutingContext context) {
    reload
        .get()
        .onSuccess(done -> context.response().end())
        .onFailure(failure ->
            context
                .response()
                .setStatusCode(500)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end("failed to reload config: " + failure.getMessage() + "\n"));
  }
}
