package io.lookout.cluster.http;

import io.lookout.cluster.http.HttpVerticle.Door;
import io.lookout.cluster.settings.HostPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The servers behind the endpoints: the main port with everything, the gateway port with the ingest
 * paths, and ports that an endpoint has to itself. Every event loop has an instance of its own, and
 * so its own router and endpoints.
 */
public final class ServerEdge implements HttpEdge {
  /** Behind the main port and the gateway. */
  private static final int FIRST_OWN_PORT = 3;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final ConnectionLimit connections;
  private final List<Supplier<? extends HttpEndpoint>> all = new ArrayList<>();
  private final List<Supplier<? extends HttpEndpoint>> ingest = new ArrayList<>();
  private final List<OwnPort> ownPorts = new ArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final Shutter shutter = new Shutter();
  private final Promise<HostPort> listening = Promise.promise();
  private volatile HostPort main;

  private record OwnPort(
      String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint) {}

  public ServerEdge(Vertx vertx, HttpSettings settings, MeterRegistry meters) {
    this.vertx = vertx;
    this.settings = settings;
    this.main = settings.listen();
    this.connections = new ConnectionLimit(settings.maxConnections(), meters);
  }

  @Override
  public void add(Supplier<? extends HttpEndpoint> endpoint) {
    all.add(endpoint);
  }

  @Override
  public void addIngest(Supplier<? extends HttpEndpoint> endpoint) {
    all.add(endpoint);
    ingest.add(endpoint);
  }

  @Override
  public void addPort(String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint) {
    ownPorts.add(new OwnPort(setting, address, endpoint));
  }

  @Override
  public Future<HostPort> listening() {
    return listening.future();
  }

  /** Whether a gateway would have anything to serve. */
  public boolean hasIngest() {
    return !ingest.isEmpty();
  }

  /**
   * Opens the main port, and serves the endpoints there are so far until {@link #serve}.
   *
   * @param otherwise answers what they do not
   * @return where it listens, the port that was really taken
   */
  public Future<HostPort> open(HttpEndpoint otherwise) {
    List<Supplier<? extends HttpEndpoint>> early = new ArrayList<>(all);
    early.add(() -> otherwise);
    Door door = new Door(1, settings.listen(), early, this::everything, shutter);
    return deploy("http.listen", door).onSuccess(address -> main = address);
  }

  private List<Supplier<? extends HttpEndpoint>> everything() {
    List<Supplier<? extends HttpEndpoint>> endpoints = new ArrayList<>();
    endpoints.add(() -> new CorsEndpoint(settings.corsOrigin()));
    endpoints.addAll(all);
    return endpoints;
  }

  /**
   * Serves everything on the main port, which was opened before.
   *
   * @return where it listens
   */
  public Future<HostPort> serve() {
    return shutter.open().map(opened -> main).onComplete(listening);
  }

  /**
   * @return where the gateway listens, the port that was really taken
   */
  public Future<HostPort> listenGateway(HostPort address) {
    return listen(2, "gateway.listen", address, List.copyOf(ingest));
  }

  /**
   * Opens the ports that some endpoints have to themselves.
   *
   * @return where they listen, by the settings that hold their addresses
   */
  public Future<Map<String, HostPort>> listenApart() {
    Map<String, HostPort> taken = new TreeMap<>();
    Future<HostPort> last = Future.succeededFuture();
    for (int i = 0; i < ownPorts.size(); i++) {
      OwnPort own = ownPorts.get(i);
      int number = FIRST_OWN_PORT + i;
      last =
          last.compose(
                  before -> listen(number, own.setting(), own.address(), List.of(own.endpoint())))
              .onSuccess(address -> taken.put(own.setting(), address));
    }
    return last.map(all -> Map.copyOf(taken));
  }

  private Future<HostPort> listen(
      int number,
      String setting,
      HostPort address,
      List<Supplier<? extends HttpEndpoint>> endpoints) {
    Shutter open = new Shutter();
    Door door = new Door(number, address, List.of(), () -> endpoints, open);
    return deploy(setting, door).compose(taken -> open.open().map(opened -> taken));
  }

  private Future<HostPort> deploy(String setting, Door door) {
    BoundPort port = new BoundPort();
    HostPort address = door.address();
    return vertx
        .deployVerticle(
            () -> new HttpVerticle(settings, door, connections, port),
            new DeploymentOptions().setInstances(settings.effectiveLoops()))
        .onSuccess(deployments::add)
        .map(deployed -> new HostPort(address.host(), port.get()))
        .recover(failure -> Future.failedFuture(explained(setting, address, failure)));
  }

  private static Throwable explained(String setting, HostPort address, Throwable failure) {
    return failure instanceof IOException
        ? new ListenException(setting, address, failure)
        : failure;
  }

  /**
   * May be called again. Takes no more requests and answers those in flight, for the time that is
   * set.
   */
  public Future<Void> stop() {
    List<Future<Void>> stops = deployments.stream().map(vertx::undeploy).toList();
    deployments.clear();
    return Future.join(stops).mapEmpty();
  }
}
