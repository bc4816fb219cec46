package io.lookout.ingest.scrape.discovery;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** As much of a Kubernetes API server as lists objects and keeps watches open. */
final class ApiServer {
  private final Map<String, String> objects;
  private final Map<String, Queue<Consumer<String>>> watches = new ConcurrentHashMap<>();
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

  /**
   * Tells those who watch.
   *
   * @param path of the list
   * @param type ADDED, MODIFIED or DELETED
   */
  void tell(String path, String type, String object) {
    String event = "{\"type\":\"" + type + "\",\"object\":" + object.replace("\n", " ") + "}\n";
    watches(path).forEach(watch -> watch.accept(event));
  }

  /** How many watch this list. */
  int watching(String path) {
    return watches(path).size();
  }

  private Queue<Consumer<String>> watches(String path) {
    return watches.computeIfAbsent(path, each -> new ConcurrentLinkedQueue<>());
  }

  private void answer(HttpServerRequest request) {
    String object = objects.get(request.path());
    if (object == null) {
      request.response().setStatusCode(404).end("{}");
    } else if ("true".equals(request.getParam("watch"))) {
      watch(request);
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

  /** Clients ask for a web socket, and take events line by line where they get none. */
  private void watch(HttpServerRequest request) {
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request
          .toWebSocket()
          .onSuccess(socket -> {
            Consumer<String> watch = socket::writeTextMessage;
            watches(request.path()).add(watch);
            socket.closeHandler(closed -> watches(request.path()).remove(watch));
          });
      return;
    }
    HttpServerResponse lines = request.response();
    Consumer<String> watch = lines::write;
    lines.putHeader("Content-Type", "application/json").setChunked(true).write("\n");
    watches(request.path()).add(watch);
    lines.closeHandler(closed -> watches(request.path()).remove(watch));
  }
}
