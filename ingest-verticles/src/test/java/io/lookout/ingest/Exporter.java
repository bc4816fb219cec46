package io.lookout.ingest;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** A target that answers as it is told, also badly. */
final class Exporter implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile Consumer<HttpServerResponse> answer = HttpServerResponse::end;
  private volatile String list = "[]";
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String path = "";

  Exporter() {
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(this::handle)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpServerRequest request) {
    if (request.path().equals("/list")) {
      asked.incrementAndGet();
      request
          .response()
          .putHeader("Content-Type", "application/json")
          .end(list.replace("TARGET", "127.0.0.1:" + port()));
      return;
    }
    path = request.uri();
    headers.clear();
    request.headers().forEach(entry -> headers.put(entry.getKey(), entry.getValue()));
    answer.accept(request.response());
  }

  int port() {
    return server.actualPort();
  }

  String path() {
    return path;
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** How often for the list. */
  int asked() {
    return asked.get();
  }

  void lists(String json) {
    list = json;
  }

  void answer(String text) {
    answerAs("text/plain; version=0.0.4", text);
  }

  void answerAs(String type, String text) {
    answer = response -> response.putHeader("Content-Type", type).end(text);
  }

  /** So many zeros, a thousandth of that on the wire. */
  void bomb(int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[1 << 16];
      for (int i = 0; i < size; i += zeros.length) {
        out.write(zeros);
      }
    }
    answer =
        response ->
            text(response)
                .putHeader("Content-Encoding", "gzip")
                .end(Buffer.buffer(bytes.toByteArray()));
  }

  private static HttpServerResponse text(HttpServerResponse response) {
    return response.putHeader("Content-Type", "text/plain; version=0.0.4");
  }

  /** More and more, as fast as it is taken. */
  void endless() {
    Buffer line = Buffer.buffer("a{b=\"c\"} 1\n".repeat(5000));
    answer =
        response -> {
          text(response).setChunked(true);
          more(response, line);
        };
  }

  private void more(HttpServerResponse response, Buffer line) {
    if (!response.closed()) {
      response.write(line).onSuccess(done -> more(response, line));
    }
  }

  /** A byte now and then. */
  void drip() {
    answer =
        response -> {
          text(response).setChunked(true);
          vertx.setPeriodic(
              20,
              timer -> {
                if (response.closed()) {
                  vertx.cancelTimer(timer);
                } else {
                  response.write("#");
                }
              });
        };
  }

  /** A body that is shorter than announced. */
  void cut(String text) {
    answer =
        response -> {
          text(response).putHeader("Content-Length", Integer.toString(text.length() + 100));
          response.write(text).onSuccess(done -> response.reset());
        };
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
