package io.lookout.cluster.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.Set;

/** Lets pages of other origins use the API, as Prometheus does. Mounted before all else. */
record CorsEndpoint(String origin) implements HttpEndpoint {
  @Override
  public void mount(Router router) {
    router
        .route("/api/*")
        .handler(
            CorsHandler.create()
                .addOriginWithRegex(origin)
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.OPTIONS))
                .allowedHeaders(Set.of("Accept", "Authorization", "Content-Type", "Origin"))
                .exposedHeader("Date"));
  }
}
