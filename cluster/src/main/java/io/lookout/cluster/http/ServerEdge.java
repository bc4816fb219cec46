package io.lookout.cluster.http;

import io.lookout.cluster.http.HttpVerticle.Door;
import io.lookout.cluster.settings.HostPort;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Counter slow;
  private final List<Supplier<? extends HttpEndpoint>> all = new ArrayList<>();
  private final List<Supplier<? extends HttpEndpoint>> ingest = new ArrayList<>();

  /** Behind the main port, and the gateway if anything else is. */
  private final List<Supplier<? extends HttpEndpoint>> everywhere = new ArrayList<>();

  private final List<OwnPort> ownPorts = new ArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final Shutter shutter = new Shutter();
  private final Promise<HostPort> listening = Promise.promise();
  private volatile HostPort main;

  /**
   * A port, by the setting that holds its address.
   *
   * @param number from 1, another for each port of the node
   */
  private record Port(int number, String setting, HostPort address, boolean http2) {}

  private record OwnPort(Port port, Supplier<? extends HttpEndpoint> endpoint) {}

  public ServerEdge(Vertx vertx, HttpSettings settings, MeterRegistry meters) {
    this.vertx = vertx;
    this.settings = settings;
    this.main = settings.listen();
    this.connections = new ConnectionLimit(settings.maxConnections(), meters);
    this.slow = meters.counter("lookout.http.connections.slow");
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

  /** Served on the main port, and on the gateway port where there is one for others. */
  public void addEverywhere(Supplier<? extends HttpEndpoint> endpoint) {
    all.add(endpoint);
    everywhere.add(endpoint);
  }

  @Override
  public void addPort(String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint) {
    addOwn(setting, address, false, endpoint);
  }

  @Override
  public void addHttp2Port(
      String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint) {
    addOwn(setting, address, true, endpoint);
  }

  private void addOwn(
      String setting, HostPort address, boolean http2, Supplier<? extends HttpEndpoint> endpoint) {
    int number = FIRST_OWN_PORT + ownPorts.size();
    ownPorts.add(new OwnPort(new Port(number, setting, address, http2), endpoint));
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
    Port port = new Port(1, "http.listen", settings.listen(), false);
    return deploy(port, early, this::everything, shutter).onSuccess(address -> main = address);
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
    List<Supplier<? extends HttpEndpoint>> served = new ArrayList<>(ingest);
    served.addAll(everywhere);
    return listen(new Port(2, "gateway.listen", address, false), served);
  }

  /**
   * Opens the ports that some endpoints have to themselves.
   *
   * @return where they listen, by the settings that hold their addresses
   */
  public Future<Map<String, HostPort>> listenApart() {
    Map<String, HostPort> taken = new TreeMap<>();
    Future<HostPort> last = Future.succeededFuture();
    for (OwnPort own : ownPorts) {
      last =
          last.compose(before -> listen(own.port(), List.of(own.endpoint())))
              .onSuccess(address -> taken.put(own.port().setting(), address));
    }
    return last.map(all -> Map.copyOf(taken));
  }

  private Future<HostPort> listen(Port port, List<Supplier<? extends HttpEndpoint>> endpoints) {
    Shutter open = new Shutter();
    return deploy(port, List.of(), () -> endpoints, open)
        .compose(taken -> open.open().map(opened -> taken));
  }

  private Future<HostPort> deploy(
      Port port,
      List<Supplier<? extends HttpEndpoint>> early,
      Supplier<List<Supplier<? extends HttpEndpoint>>> endpoints,
      Shutter opening) {
    BoundPort bound = new BoundPort();
    HostPort address = port.address();
    Optional<AcceptingTransport> transport =
        port.http2() ? AcceptingTransport.of(vertx) : Optional.empty();
    Optional<Doorstep> doorstep =
        transport.map(watching -> new Doorstep(settings, connections, slow));
    Door door = new Door(port.number(), address, port.http2(), doorstep, early, endpoints, opening);
    return vertx
        .deployVerticle(
            () ->
                new HttpVerticle(
                    settings, door, connections, new SlowSenders(settings, slow), bound),
            new DeploymentOptions().setInstances(settings.effectiveLoops()))
        .onSuccess(deployments::add)
        .onSuccess(deployed ->
            doorstep.ifPresent(
                step -> transport.ifPresent(watching -> watching.watch(bound.get(), step))))
        .map(deployed -> new HostPort(address.host(), bound.get()))
        .recover(failure -> Future.failedFuture(explained(port.setting(), address, failure)));
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
