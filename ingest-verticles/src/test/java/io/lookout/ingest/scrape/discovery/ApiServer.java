package io.lookout.ingest.scrape.discovery;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** As much of a Kubernetes API server as lists objects and keeps watches open. */
final class ApiServer {
  private final Map<String, String> objects;
  private final HttpServer server;

  /**
   * @param objects one of each kind, by the path of their list
   */
  ApiServer(Vertx vertx, Map<String, String> objects) {
    this.objects = objects;
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(this::answer)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    String object = objects.get(request.path());
    if (object == null) {
      request.response().setStatusCode(404).end("{}");
    } else if ("true".equals(request.getParam("watch"))) {
      request.response().putHeader("Content-Type", "application/json").setChunked(true).write("\n");
    } else {
      request
          .response()
          .putHeader("Content-Type", "application/json")
          .end(
              "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"5\"},\"items\":["
                  + object
                  + "]}");
    }
  }
}
