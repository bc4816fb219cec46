package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Stands before an engine, and does to bulk requests what engines and networks do at times; before
 * a request is passed on, something else may happen first.
 */
final class FaultyProxy {
  /** What becomes of a bulk. */
  enum Fault {
    NONE,
    /** Answered with 429, and not passed on. */
    TOO_MANY,
    /** Answered with 503, and not passed on. */
    UNAVAILABLE,
    /** Passed on, but what is answered is no answer. */
    GARBAGE,
    /** Passed on, but each second item of the answer says that there was no room for it. */
    HALF_REFUSED,
    /** Passed on, but never answered. */
    SILENCE,
    /** Passed on, but the connection is closed instead of an answer. */
    HANG_UP
  }

  private final HttpClient client;
  private final int enginePort;
  private final HttpServer server;
  private final AtomicInteger left = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;
  final AtomicInteger bulks = new AtomicInteger();
  private final AtomicReference<Event> next = new AtomicReference<>(Event.NONE);

  /**
   * What happens before a request is passed on.
   *
   * @param marker a text that method and path, or the body, of the request have
   */
  private record Event(String marker, Supplier<Future<?>> happening) {
    static final Event NONE = new Event("no request is like this", Future::succeededFuture);

    boolean isBefore(HttpServerRequest request, Buffer body) {
      return (request.method() + " " + request.path()).contains(marker)
          || body.toString().contains(marker);
    }
  }

  private FaultyProxy(Vertx vertx, int enginePort) {
    this.client = vertx.createHttpClient();
    this.enginePort = enginePort;
    this.server = vertx.createHttpServer();
  }

  static Future<FaultyProxy> start(Vertx vertx, int enginePort) {
    FaultyProxy proxy = new FaultyProxy(vertx, enginePort);
    return proxy
        .server
        .requestHandler(request -> request.body().onSuccess(body -> proxy.handle(request, body)))
        .listen(0, "127.0.0.1")
        .map(proxy);
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** The next so many bulks meet this fault. */
  void next(int count, Fault next) {
    fault = next;
    left.set(count);
  }

  /** What happens between the search that finds blocks and the next request that reads them. */
  void beforeNextRead(Supplier<Future<?>> event) {
    beforeNext("\"ids\"", event);
  }

  /**
   * What happens before the next such request is passed on, which waits for it.
   *
   * @param marker a text that method and path, or the body, of the request have
   */
  void beforeNext(String marker, Supplier<Future<?>> event) {
    next.set(new Event(marker, event));
  }

  private void handle(HttpServerRequest request, Buffer body) {
    Event event = Objects.requireNonNull(next.get());
    if (event.isBefore(request, body) && next.compareAndSet(event, Event.NONE)) {
      event.happening.get().onComplete(happened -> pass(request, body, Fault.NONE));
      return;
    }
    if (!request.path().endsWith("/_bulk")) {
      pass(request, body, Fault.NONE);
      return;
    }
    bulks.incrementAndGet();
    Fault now = left.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? fault : Fault.NONE;
    switch (now) {
      case TOO_MANY -> request.response().setStatusCode(429).end("{\"error\":\"too many\"}");
      case UNAVAILABLE -> request.response().setStatusCode(503).end("<html>no</html>");
      case NONE, GARBAGE, HALF_REFUSED, SILENCE, HANG_UP -> pass(request, body, now);
    }
  }

  private void pass(HttpServerRequest request, Buffer body, Fault now) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost("127.0.0.1")
            .setPort(enginePort)
            .setURI(request.uri());
    String type = request.getHeader("Content-Type");
    if (type != null) {
      options.putHeader("Content-Type", type);
    }
    // What is to be tampered with must be text.
    String accept = now == Fault.NONE ? request.getHeader("Accept") : "application/json";
    options.putHeader("Accept", accept == null ? "application/json" : accept);
    client
        .request(options)
        .compose(sending -> sending.send(body))
        .compose(answer ->
            answer
                .body()
                .onSuccess(text -> {
                  String product = answer.getHeader("X-elastic-product");
                  if (product != null) {
                    request.response().putHeader("X-elastic-product", product);
                  }
                  request.response().setStatusCode(answer.statusCode());
                  answer(request, text, now);
                }))
        .onFailure(failure -> request.connection().close());
  }

  private static void answer(HttpServerRequest request, Buffer answer, Fault now) {
    switch (now) {
      case GARBAGE -> request.response().end("\u0000\u0001 what?");
      case HALF_REFUSED -> request.response().end(halfRefused(answer.toString()));
      case HANG_UP -> request.connection().close();
      case SILENCE -> {
        // Nothing more comes.
      }
      case NONE, TOO_MANY, UNAVAILABLE -> request.response().end(answer);
    }
  }

  private static String halfRefused(String answer) {
    StringBuilder tampered = new StringBuilder();
    boolean refuse = false;
    int from = 0;
    for (int at = answer.indexOf("\"status\":201"); at >= 0; ) {
      tampered.append(answer, from, at).append(refuse ? "\"status\":429" : "\"status\":201");
      refuse = !refuse;
      from = at + "\"status\":201".length();
      at = answer.indexOf("\"status\":201", from);
    }
    return tampered.append(answer.substring(from)).toString();
  }
}
