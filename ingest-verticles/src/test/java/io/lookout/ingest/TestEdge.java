package io.lookout.ingest;

import io.lookout.cluster.http.HttpEdge;
import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.cluster.settings.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** One server on a free port of the loopback, for one event loop. */
final class TestEdge implements HttpEdge {
  private final Vertx vertx;
  private final List<Supplier<? extends HttpEndpoint>> endpoints = new ArrayList<>();
  private final Map<String, Supplier<? extends HttpEndpoint>> apart = new HashMap<>();
  private final Promise<HostPort> listening = Promise.promise();

  TestEdge(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public void add(Supplier<? extends HttpEndpoint> endpoint) {
    endpoints.add(endpoint);
  }

  @Override
  public void addIngest(Supplier<? extends HttpEndpoint> endpoint) {
    endpoints.add(endpoint);
  }

  @Override
  public void addPort(String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint) {
    apart.put(setting, endpoint);
  }

  @Override
  public void addHttp2Port(
      String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint) {
    addPort(setting, address, endpoint);
  }

  @Override
  public Future<HostPort> listening() {
    return listening.future();
  }

  /** A server of its own for the endpoint whose address this setting holds. */
  Future<HttpServer> listenApart(String setting) {
    Router router = Router.router(vertx);
    Objects.requireNonNull(apart.get(setting)).get().mount(router);
    return vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1");
  }

  Future<HttpServer> listen() {
    Router router = Router.router(vertx);
    endpoints.forEach(endpoint -> endpoint.get().mount(router));
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .onSuccess(server -> listening.complete(new HostPort("127.0.0.1", server.actualPort())));
  }
}
