package io.lookout.app.node;

import io.lookout.app.node.LookoutNode.Ports;
import io.lookout.cluster.Breakdown;
import io.lookout.cluster.Node;
import io.lookout.cluster.Readiness;
import io.lookout.cluster.Role;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.http.BuildInfo;
import io.lookout.cluster.http.BuildInfoEndpoint;
import io.lookout.cluster.http.GatewaySettings;
import io.lookout.cluster.http.HealthEndpoint;
import io.lookout.cluster.http.HttpSettings;
import io.lookout.cluster.http.MetricsEndpoint;
import io.lookout.cluster.http.ReloadEndpoint;
import io.lookout.cluster.http.ServerEdge;
import io.lookout.cluster.http.StartingEndpoint;
import io.lookout.cluster.metrics.SelfMetrics;
import io.lookout.cluster.node.ClusterSettings;
import io.lookout.cluster.node.NodeVertx;
import io.lookout.cluster.ring.ClusterMembership;
import io.lookout.cluster.ring.LocalMembership;
import io.lookout.cluster.ring.Membership;
import io.lookout.cluster.ring.NodeName;
import io.lookout.cluster.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Starts a node: Vert.x, then health on the main port, then the roles, then all that they serve;
 * ready comes last. What fails takes down what was started before it. Runs on the main thread,
 * which may wait.
 */
public final class Startup {
  private static final String STORAGE = "storage";
  private static final String STARTING = "the start to finish";

  private final Settings settings;
  private final NodeSettings nodeSettings;
  private final ClusterSettings clusterSettings;
  private final List<Role> roles;
  private final BuildInfo build;
  private final RandomGenerator random;
  private final Readiness readiness = new Readiness();
  private final Breakdown breakdown = new Breakdown();
  private final PrometheusMeterRegistry meters = SelfMetrics.registry();
  private final Closings closings;

  /**
   * @param roles those that this node plays, in the order of their start
   */
  public Startup(Settings settings, List<Role> roles, BuildInfo build, RandomGenerator random) {
    this.settings = settings;
    this.nodeSettings = settings.of(NodeSettings.class);
    this.clusterSettings = settings.of(ClusterSettings.class);
    this.roles = roles;
    this.build = build;
    this.random = random;
    this.closings = new Closings(nodeSettings.stopTimeout());
  }

  /**
   * @throws StartException with what an operator should do
   */
  public LookoutNode run() {
    readiness.waitFor(STARTING);
    try {
      return start();
    } catch (RuntimeException | Error e) {
      List<String> unused = closings.close();
      throw e;
    }
  }

  private LookoutNode start() {
    Path data = Path.of(nodeSettings.data());
    String id = identify(data);
    closings.addBlocking("metrics", SelfMetrics.bind(meters, build.version()));
    Vertx vertx = join();
    Bus bus = Bus.open(vertx);
    if (clusterSettings.enabled()) {
      await(NodeName.claim(bus, id), clusterSettings.joinTimeout(), "asking for the node's name");
    }
    Membership membership = membership(vertx, bus, data);
    HttpSettings http = settings.of(HttpSettings.class);
    ServerEdge edge = new ServerEdge(vertx, http, meters);
    addStatus(edge);
    boolean storage = clusterSettings.enabled() || playsStorage();
    Node node =
        new Node(
            id,
            vertx,
            bus,
            settings,
            storage,
            data,
            edge,
            membership,
            meters,
            readiness,
            breakdown,
            Clock.systemUTC());
    open(edge);
    roles.forEach(role -> start(role, node));
    Ports ports = serve(edge);
    if (storage) {
      new StorageWatch(vertx, membership, readiness).begin();
    }
    readiness.ready(STARTING);
    PortFile.write(nodeSettings.portFile(), ports);
    return new LookoutNode(
        vertx, readiness, breakdown.reported(), ports, closings, http.stopDelay(), this::reload);
  }

  /** The name of the node; takes the data directory where there will be data. */
  private String identify(Path data) {
    String chosen = clusterSettings.node();
    if (!keepsData()) {
      return chosen.isEmpty() ? "node-" + HexFormat.of().toHexDigits(random.nextInt()) : chosen;
    }
    DataDirectory directory = DataDirectory.open(data);
    closings.addBlocking("data directory", directory);
    return chosen.isEmpty() ? directory.nodeId(random) : chosen;
  }

  private boolean playsStorage() {
    return roles.stream().anyMatch(role -> role.name().equals(STORAGE));
  }

  private Vertx join() {
    // Some time more than Hazelcast itself takes before it gives up.
    Duration timeout = clusterSettings.joinTimeout().plusSeconds(15);
    Vertx vertx = await(NodeVertx.start(clusterSettings, meters), timeout, "joining the cluster");
    closings.add("Vert.x", vertx::close);
    return vertx;
  }

  private Membership membership(Vertx vertx, Bus bus, Path data) {
    if (!clusterSettings.enabled()) {
      return new LocalMembership();
    }
    ClusterMembership membership =
        await(
            ClusterMembership.join(vertx, bus, Clock.systemUTC(), watch(data)),
            clusterSettings.joinTimeout(),
            "listening for storage nodes");
    closings.add("membership", membership::close);
    Gauge.builder("lookout.cluster.storage.nodes", membership, m -> m.view().present().size())
        .description("Storage nodes that are there")
        .register(meters);
    Gauge.builder("lookout.cluster.missing.nodes", membership, m -> m.view().missing().size())
        .description("Storage nodes that hold samples and are not there")
        .register(meters);
    return membership;
  }

  private ClusterMembership.Watch watch(Path data) {
    return new ClusterMembership.Watch(
        clusterSettings.announceInterval(),
        clusterSettings.announceExpiry(),
        clusterSettings.missingKeep(),
        keepsData() ? data.resolve("storage-nodes") : null);
  }

  private boolean keepsData() {
    return roles.stream().anyMatch(role -> role.keepsData(settings));
  }

  private void addStatus(ServerEdge edge) {
    edge.addEverywhere(() -> new HealthEndpoint(readiness::waitingFor));
    edge.add(() -> new MetricsEndpoint(meters));
    edge.add(() -> new BuildInfoEndpoint(build));
    edge.add(() -> new ReloadEndpoint(this::reload));
  }

  /** Every role, whatever becomes of the others; the first failure is told. */
  private Future<Void> reload() {
    return Future.join(roles.stream().map(Role::reload).toList()).mapEmpty();
  }

  private void start(Role role, Node node) {
    // Registered first: a role that fails half-way is asked to stop too.
    closings.add("role " + role.name(), role::stop);
    await(role.start(node), nodeSettings.startTimeout(), "starting role " + role.name());
  }

  /** From now on the node tells that it starts; what else is asked of it is put off. */
  private void open(ServerEdge edge) {
    closings.add("HTTP while starting", edge::stop);
    await(
        edge.open(new StartingEndpoint(readiness::waitingFor)),
        nodeSettings.startTimeout(),
        "listening");
  }

  private Ports serve(ServerEdge edge) {
    GatewaySettings gateway = settings.of(GatewaySettings.class);
    Duration timeout = nodeSettings.startTimeout();
    // Again, after the roles: requests end before what answers them does.
    closings.add("HTTP", edge::stop);
    return new Ports(
        await(edge.serve(), timeout, "listening"),
        gateway.enabled() && edge.hasIngest()
            ? Optional.of(await(edge.listenGateway(gateway.listen()), timeout, "listening"))
            : Optional.empty(),
        await(edge.listenApart(), timeout, "listening"));
  }

  private static <T> T await(Future<T> future, Duration timeout, String doing) {
    try {
      return future.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StartException(doing + " has taken more than " + timeout, e);
    }
  }
}
