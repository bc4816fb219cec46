package io.lookout.storage.elasticsearch;

import io.lookout.cluster.TestCertificate;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PfxOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before an engine that has no security of its own: TLS, one accepted {@code Authorization},
 * and a prefix of all paths.
 */
final class SecuredProxy {
  static final String PREFIX = "/behind/proxy";

  private final HttpClient client;
  private final int enginePort;
  private final String authorization;
  private final HttpServer server;
  final AtomicInteger refused = new AtomicInteger();
  final AtomicInteger passed = new AtomicInteger();
  final AtomicInteger compressed = new AtomicInteger();

  private SecuredProxy(
      Vertx vertx, int enginePort, TestCertificate certificate, String authorization) {
    this.client = vertx.createHttpClient();
    this.enginePort = enginePort;
    this.authorization = authorization;
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                    new PfxOptions()
                        .setPath(certificate.store().toString())
                        .setPassword(TestCertificate.PASSWORD)));
  }

  static Future<SecuredProxy> start(
      Vertx vertx, int enginePort, TestCertificate certificate, String authorization) {
    SecuredProxy proxy = new SecuredProxy(vertx, enginePort, certificate, authorization);
    return proxy
        .server
        .requestHandler(request -> request.body().onSuccess(body -> proxy.handle(request, body)))
        .listen(0, "127.0.0.1")
        .map(proxy);
  }

  String url() {
    return "https://127.0.0.1:" + server.actualPort();
  }

  Future<Void> stop() {
    return server.close();
  }

  private void handle(HttpServerRequest request, Buffer body) {
    if (!authorization.equals(request.getHeader("Authorization"))) {
      refused.incrementAndGet();
      request.response().setStatusCode(401).end("{\"error\":\"who are you?\"}");
    } else if (!request.path().startsWith(PREFIX + "/")) {
      request.response().setStatusCode(404).end("{\"error\":\"not here\"}");
    } else {
      passed.incrementAndGet();
      pass(request, body);
    }
  }

  private void pass(HttpServerRequest request, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost("127.0.0.1")
            .setPort(enginePort)
            .setURI(request.uri().substring(PREFIX.length()));
    copy(
        request.headers(),
        List.of("Content-Type", "Accept", "Content-Encoding", "Accept-Encoding"),
        options);
    if ("gzip".equals(request.getHeader("Content-Encoding"))) {
      compressed.incrementAndGet();
    }
    client
        .request(options)
        .compose(sending -> sending.send(body))
        .compose(answer ->
            answer
                .body()
                .onSuccess(bytes -> {
                  for (String name :
                      List.of("Content-Type", "Content-Encoding", "X-elastic-product")) {
                    if (answer.getHeader(name) != null) {
                      request.response().putHeader(name, answer.getHeader(name));
                    }
                  }
                  request.response().setStatusCode(answer.statusCode()).end(bytes);
                }))
        .onFailure(failure -> request.connection().close());
  }

  private static void copy(MultiMap headers, List<String> names, RequestOptions to) {
    for (String name : names) {
      if (headers.contains(name)) {
        to.putHeader(name, headers.get(name));
      }
    }
  }
}
