package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code /api/v1/openapi.yaml}: the query API as OpenAPI 3.1, whichever version is asked for. */
final class OpenApiEndpoint implements HttpEndpoint {
  private static final Buffer DOCUMENT = Buffer.buffer(read());

  private static byte[] read() {
    try (InputStream in = OpenApiEndpoint.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.yaml", e);
    }
  }

  @Override
  public void mount(Router router) {
    router
        .get("/api/v1/openapi.yaml")
        .handler(context ->
            context
                .response()
                .putHeader("Content-Type", "application/yaml; charset=utf-8")
                .putHeader("Cache-Control", "no-cache, no-store, must-revalidate")
                .end(DOCUMENT));
  }
}
